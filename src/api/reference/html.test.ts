// Inserting text into HTML.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html, inlineCode, paragraphs } from './html.ts';

test('texts are escaped, HTML and lists of HTML are not', () => {
  const items = ['<b>', `"&'`].map((text) => html`<li>${text}</li>`);
  const { html: written } = html`<ul id="${'"x'}">${items}${undefined}${7}</ul>`;
  assert.equal(written, '<ul id="&quot;x"><li>&lt;b&gt;</li><li>&quot;&amp;&#39;</li>7</ul>');
});

test('text between backquotes is code', () => {
  assert.equal(
    html`${inlineCode('say `<x>` or `y`.')}`.html,
    'say <code>&lt;x&gt;</code> or <code>y</code>.',
  );
});

test('an empty line divides paragraphs', () => {
  assert.equal(html`${paragraphs('one\ntwo\n\n`three`')}`.html, '<p>one\ntwo</p><p><code>three</code></p>');
});

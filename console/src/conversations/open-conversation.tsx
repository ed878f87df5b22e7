// The way to a conversation with any number.
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { Button } from '../parts/button.tsx';
import { digitsOf } from '../parts/format.ts';
import { TextField } from '../parts/text-field.tsx';

export function OpenConversation({ powerpack }: { readonly powerpack: string }) {
  const { route } = useLocation();
  const [number, setNumber] = useState('');
  const digits = digitsOf(number);
  return (
    <form
      class="filters open-conversation"
      aria-label="Open a conversation"
      onSubmit={(event) => {
        event.preventDefault();
        if (digits !== '') route(`/console/conversations/${powerpack}/${digits}`);
      }}
    >
      <TextField
        label="Handset"
        inputMode="tel"
        required
        maxLength={40}
        placeholder="+1 415 555 0123"
        value={number}
        onInput={setNumber}
      />
      <Button type="submit" disabled={powerpack === ''}>
        Open
      </Button>
    </form>
  );
}

// Buttons, and links that look like them.
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';

type Kind = 'primary' | 'plain' | 'danger' | 'quiet';

interface Props extends Omit<ButtonHTMLAttributes, 'type' | 'class'> {
  readonly kind?: Kind;
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  /** While what it started is under way: it keeps its size and cannot be pressed again. */
  readonly busy?: boolean;
  readonly children: ComponentChildren;
}

export function Button({
  kind = 'plain',
  type = 'button',
  busy = false,
  disabled,
  children,
  ...rest
}: Props) {
  return (
    <button {...rest} type={type} class={`button ${kind}`} disabled={disabled || busy} aria-busy={busy}>
      {children}
    </button>
  );
}

interface LinkProps {
  readonly href: string;
  readonly kind?: Kind;
  readonly children: ComponentChildren;
}

/** Shows a link that looks like a button. */
export function ButtonLink({ href, kind = 'plain', children }: LinkProps) {
  return (
    <a href={href} class={`button ${kind}`}>
      {children}
    </a>
  );
}

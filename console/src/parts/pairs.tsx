// Names with their values: parameters, headers.

interface Props {
  readonly label: string;
  readonly pairs: readonly { readonly name: string; readonly value: string }[];
  /** Whether values are shown letter by letter, as code. */
  readonly isCode?: boolean;
}

export function Pairs({ label, pairs, isCode = false }: Props) {
  return (
    <table class="pairs" aria-label={label}>
      <tbody>
        {pairs.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class={isCode ? 'code' : ''}>{value === '' ? <span class="quiet">empty</span> : value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

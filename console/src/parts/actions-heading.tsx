// The heading of a column of buttons.

/** Shows nothing: it names the column for screen readers. */
export const ActionsHeading = () => (
  <th scope="col">
    <span class="visually-hidden">Actions</span>
  </th>
);

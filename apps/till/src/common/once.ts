import type { MouseEvent } from "react";

/** What the first tap of a double one does: the second would take the payment of the next guest, whose button stands in the same place. */
export const once =
  (act: () => void) =>
  ({ detail }: MouseEvent): void => {
    if (detail < 2) act();
  };

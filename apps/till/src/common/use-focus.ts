import { useEffect, useId } from "react";

/** An id for the field that a sheet was opened for: it has the focus as soon as it is there. */
export function useFocus(): string {
  const id = useId();
  useEffect(() => document.getElementById(id)?.focus(), [id]);
  return id;
}

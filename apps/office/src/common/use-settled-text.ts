import { useDebouncedValue } from "@mantine/hooks";

const SETTLE_MS = 150;

/**
 * What somebody looks for, once they have stopped typing. An emptied field says so at once: a list that went a moment later would move what stands
 * below it from under a finger.
 */
export function useSettledText(typed: string): string {
  const wanted = typed.trim();
  const [settled] = useDebouncedValue(wanted, SETTLE_MS);
  return wanted === "" ? "" : settled;
}

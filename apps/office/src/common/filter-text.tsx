import { CloseButton, TextInput } from "@mantine/core";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import { useEffect, useRef, useState } from "react";
import { t } from "../t.ts";

/** Long enough that a word is typed, short enough that the list seems to follow. */
const SETTLE_MS = 180;

type FilterTextProps = {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  /** The screen is for this: its caret is here from the start, unless something was looked for already. */
  readonly isMain?: boolean;
};

/** A text filter that is written into the address once the typing settles. */
export function FilterText({ label, value, onChange, isMain = false }: FilterTextProps) {
  const input = useRef<HTMLInputElement>(null);
  const isEmpty = value === undefined;
  useEffect(() => {
    if (isMain && isEmpty) input.current?.focus();
  }, [isMain, isEmpty]);
  const [typed, setTyped] = useState(value ?? "");
  const [settled, setSettled] = useState(value);
  // The address changed by itself (back, a link): what is typed follows it.
  if (value !== settled) {
    setSettled(value);
    setTyped(value ?? "");
  }
  useEffect(() => {
    const next = typed.trim() === "" ? undefined : typed.trim();
    if (next === settled) return undefined;
    const timer = setTimeout(() => {
      setSettled(next);
      onChange(next);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, settled, onChange]);
  return (
    <TextInput
      type="search"
      w={260}
      maw="100%"
      aria-label={label}
      placeholder={label}
      value={typed}
      ref={input}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      rightSection={typed === "" ? null : <CloseButton size="sm" aria-label={t("office.list.clear")} onClick={() => setTyped("")} />}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}

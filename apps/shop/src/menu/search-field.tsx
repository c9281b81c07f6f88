import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import { useRef, useState } from "react";
import { navigate } from "../router/router.tsx";
import { t } from "../t.ts";
import styles from "./search-field.module.css";

/** A pause in typing this long is the end of a word. */
const PAUSE_MS = 180;

/** Search as one types; the word is in the address, so that a result can be sent to someone. */
export function SearchField({ value }: { readonly value: string }) {
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The address changed otherwise than by typing: a step back, or the search was cleared.
  if (value !== sent) {
    setSent(value);
    setText(value);
  }
  function type(typed: string): void {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const wanted = typed.trim();
      setSent(wanted);
      navigate(wanted === "" ? "/" : `/?${new URLSearchParams({ q: wanted })}`, { replace: true });
    }, PAUSE_MS);
  }
  return (
    <form role="search" className={styles.search} onSubmit={(event) => event.preventDefault()}>
      <IconSearch size={20} stroke={1.75} aria-hidden />
      <input
        type="search"
        aria-label={t("shop.search.label")}
        placeholder={t("shop.search.label")}
        autoComplete="off"
        enterKeyHint="search"
        maxLength={100}
        value={text}
        onChange={({ target }) => type(target.value)}
      />
    </form>
  );
}

import styles from "./form.module.css";

/** What a machine wrote, as it is; a long one is scrolled, by the keyboard too. */
export function Raw({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is to be reached by keys
    <pre className={styles.raw} tabIndex={0} role="region" aria-label={label}>
      {text}
    </pre>
  );
}

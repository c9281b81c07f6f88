import { Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { t } from "../t.ts";

/** What is typed, told back in plain language. */
export function InWords({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <Part title={t("office.promotions.in_words")}>
      <ul className={form.rows}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Part>
  );
}

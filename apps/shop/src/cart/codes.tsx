import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import type { CartView } from "@weft/contracts/client";
import { codeRefusal } from "@weft/ui/app/code-refusal.ts";
import { Button, IconButton } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { useState } from "react";
import { t } from "../t.ts";
import { changeCart, operation } from "./send.ts";
import styles from "./codes.module.css";

/** Codes of the cart, each with what it does, or why it does nothing. */
export function Codes({ codes }: { readonly codes: CartView["codes"] }) {
  const [text, setText] = useState("");
  return (
    <div className={styles.codes}>
      {codes.length > 0 ? (
        <ul>
          {codes.map(({ code, applied, because }) => (
            <li key={code} className={styles.code} data-applied={applied}>
              <span>
                <strong>{code}</strong> {applied ? t("shop.code.applied") : codeRefusal(because)}
              </span>
              <IconButton
                icon={IconX}
                label={t("shop.code.remove", { code })}
                onClick={() => changeCart({ operation: operation("removeCode", { code }) })}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <details>
        <summary>{t("shop.code.have_one")}</summary>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            const code = text.trim();
            if (code === "") return;
            changeCart({ operation: operation("applyCode", { code }) });
            setText("");
          }}
        >
          <Field
            label={t("shop.code.label")}
            value={text}
            maxLength={40}
            autoComplete="off"
            autoCapitalize="characters"
            onChange={({ target }) => setText(target.value)}
          />
          <Button type="submit">{t("shop.code.apply")}</Button>
        </form>
      </details>
    </div>
  );
}

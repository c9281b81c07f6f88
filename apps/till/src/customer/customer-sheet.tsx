import { useDeferredValue, useState } from "react";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { t } from "../t.ts";
import { CandidateList } from "./candidate-list.tsx";
import { NewCustomer } from "./new-customer.tsx";
import styles from "./customer.module.css";

/** Who is this? Found by card, phone, e-mail, a part of the name or the last four digits; or made new. */
export function CustomerSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [isNew, setNew] = useState(false);
  const query = useDeferredValue(typed.trim());
  const close = (): void => {
    setTyped("");
    setNew(false);
    onClose();
  };
  return (
    <Sheet open={open} onClose={close} title={isNew ? t("till.customer.new_title") : t("till.customer.find_title")}>
      {isNew ? (
        <NewCustomer onDone={close} />
      ) : (
        <div className={styles.form}>
          {/* The sheet was opened to type here. */}
          <Field
            label={t("till.customer.search")}
            hint={t("till.customer.search_hint")}
            autoFocus
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <CandidateList query={query} onOpened={close} isAlone />
          <Button onClick={() => setNew(true)}>{t("till.customer.new")}</Button>
        </div>
      )}
    </Sheet>
  );
}

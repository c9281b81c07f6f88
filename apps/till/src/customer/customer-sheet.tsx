import { useDeferredValue, useState } from "react";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { useFocus } from "../common/use-focus.ts";
import { t } from "../t.ts";
import { CandidateList } from "./candidate-list.tsx";
import { NewCustomer } from "./new-customer.tsx";
import styles from "./customer.module.css";

/** Who is this? Found by card, phone, e-mail, a part of the name or the last four digits; or made new. */
export function CustomerSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const [isNew, setNew] = useState(false);
  const close = (): void => {
    setNew(false);
    onClose();
  };
  return (
    <Sheet open={open} onClose={close} title={isNew ? t("till.customer.new_title") : t("till.customer.find_title")}>
      {isNew ? <NewCustomer onDone={close} /> : <Find onOpened={close} onNew={() => setNew(true)} />}
    </Sheet>
  );
}

function Find({ onOpened, onNew }: { readonly onOpened: () => void; readonly onNew: () => void }) {
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const focus = useFocus();
  return (
    <div className={styles.form}>
      <Field
        data-tour="customer-search"
        id={focus}
        label={t("till.customer.search")}
        hint={t("till.customer.search_hint")}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <CandidateList query={query} onOpened={onOpened} isAlone />
      <Button onClick={onNew}>{t("till.customer.new")}</Button>
    </div>
  );
}

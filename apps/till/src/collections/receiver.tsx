import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { useState } from "react";
import { useFocus } from "../common/use-focus.ts";
import { t } from "../t.ts";

type Props = { readonly name: string; readonly onChange: (name: string) => void };

/** Who takes it, when it is not the customer: one button, and the name only then. */
export function Receiver(props: Props) {
  const [isAsked, setIsAsked] = useState(false);
  if (isAsked) return <ReceiverName {...props} />;
  return (
    <Button kind="quiet" onClick={() => setIsAsked(true)}>
      {t("till.collections.somebody_else")}
    </Button>
  );
}

function ReceiverName({ name, onChange }: Props) {
  const focus = useFocus();
  return (
    <Field
      label={t("till.collections.receiver")}
      hint={t("till.collections.receiver_hint")}
      id={focus}
      autoComplete="off"
      maxLength={120}
      value={name}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

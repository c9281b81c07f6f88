import { Button, Radio, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { formatPhone } from "@weft/ui/i18n/phone.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { fullName } from "../common/text.ts";
import { useSettledText } from "../common/use-settled-text.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

const SHORTEST_REASON = 3;

export type AboutOther = { readonly otherId: string; readonly reason: string };

type FormProps = {
  readonly customerId: string;
  /** What will be so afterwards, and whether there is a way back. */
  readonly text: string;
  readonly go: string;
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly onSubmit: (said: AboutOther) => void;
};

/** Says something about this customer and another one, who is looked for here, with a reason. */
export function OtherCustomerForm({ customerId, text, go, error, isBusy, onSubmit }: FormProps) {
  const [otherId, setOtherId] = useState<string>();
  const [reason, setReason] = useState("");
  const isReady = otherId !== undefined && reason.trim().length >= SHORTEST_REASON;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (otherId !== undefined && isReady) onSubmit({ otherId, reason: reason.trim() });
      }}
    >
      <p>{text}</p>
      <OtherCustomer customerId={customerId} chosen={otherId} onChoose={setOtherId} />
      <Textarea
        label={t("office.merge.reason")}
        description={t("office.merge.reason_text")}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <p role="alert" className={styles.error}>
        {error ? problemText(error) : null}
      </p>
      <Button type="submit" size="sm" disabled={!isReady} loading={isBusy}>
        {go}
      </Button>
    </form>
  );
}

type OtherProps = { readonly customerId: string; readonly chosen: string | undefined; readonly onChoose: (id: string) => void };

function OtherCustomer({ customerId, chosen, onChoose }: OtherProps) {
  const [typed, setTyped] = useState("");
  const query = useSettledText(typed);
  const found = useQuery({
    queryKey: ["find", "customers", query, "the other one"],
    queryFn: ({ signal }) => api.ask("customers.find", { query: { query, limit: 8 }, signal }),
    enabled: query !== "",
  });
  const others = found.data?.items.filter(({ id }) => id !== customerId) ?? [];
  return (
    <div className={styles.others}>
      <TextInput
        data-autofocus
        type="search"
        label={t("office.merge.other")}
        placeholder={t("office.customers.find")}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Radio.Group value={chosen ?? ""} onChange={onChoose} label={<span className="said">{t("office.merge.other")}</span>}>
        {others.map((other) => (
          <Radio
            key={other.id}
            value={other.id}
            label={fullName(other) || t("office.customer.unnamed")}
            description={[other.email, other.phone && formatPhone(other.phone), other.cardNumber].filter(Boolean).join(" · ")}
          />
        ))}
      </Radio.Group>
      {found.data && others.length === 0 ? <p className={styles.quiet}>{t("office.customers.none", { query })}</p> : null}
    </div>
  );
}

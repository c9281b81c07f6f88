import { Button, TextInput } from "@mantine/core";
import type { OwedRowView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { t } from "../t.ts";

/** Tips that the staff of a place are given: all that is owed, or less. */
export function PayTipsBeside({
  row: { placeId, placeName, closing },
  onClose,
}: {
  readonly row: OwedRowView;
  readonly onClose: () => void;
}) {
  const [amount, setAmount] = useState<number | null>(closing.amount);
  const [note, setNote] = useState("");
  // Pressed twice it is one payout.
  const [sent, setSent] = useState(() => ({ id: newId(), key: newKey() }));
  const pay = useAct(
    async (given: { readonly placeId: string; readonly amount: number }) => {
      const body = { id: sent.id, placeId: given.placeId, amount: { ...closing, amount: given.amount }, note: note.trim() || null };
      const { owed } = await api.ask("owed.payTips", { body, headers: keyHeader(sent.key) });
      showToast(t("office.owed.paid", { amount: formatMoney(owed) }));
      onClose();
    },
    [["owed"]],
  );
  return (
    <Beside title={t("office.owed.pay")} onClose={onClose}>
      <p className={form.quiet}>{t("office.owed.pay_hint", { place: placeName ?? "", amount: formatMoney(closing) })}</p>
      <MoneyInput
        label={t("office.owed.pay_amount")}
        currency={closing.currency}
        value={amount}
        max={closing.amount}
        required
        onChange={setAmount}
      />
      <TextInput label={t("office.owed.pay_note")} value={note} maxLength={300} onChange={({ target }) => setNote(target.value)} />
      <Button
        disabled={!amount || placeId === null}
        loading={pay.isPending}
        onClick={() =>
          amount && placeId !== null
            ? pay.mutate({ placeId, amount }, { onSettled: () => setSent({ id: newId(), key: newKey() }) })
            : undefined
        }
      >
        {t("office.owed.pay")}
      </Button>
    </Beside>
  );
}

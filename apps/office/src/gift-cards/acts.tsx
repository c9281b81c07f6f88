import { Button, TextInput } from "@mantine/core";
import type { GiftCardFileView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./gift-cards.module.css";

/** What can be done about a lost or stolen gift card: block it, let it pay again, or give it a new code. */
export function GiftCardActs({ card }: { readonly card: GiftCardFileView }) {
  const may = useMay();
  const [reason, setReason] = useState("");
  const params = { id: card.cardId };
  const body = { reason: reason.trim() };
  const touches = [["gift-cards"]];
  const block = useAct(() => api.ask("giftCards.block", { params, body, headers: keyHeader(newKey()) }), touches);
  const unblock = useAct(() => api.ask("giftCards.unblock", { params, headers: keyHeader(newKey()) }), touches);
  const replace = useAct(() => api.ask("giftCards.replace", { params, body, headers: keyHeader(newKey()) }), touches);
  const done = (words: string) => (): void => {
    setReason("");
    showToast(words);
  };
  const hasReason = body.reason !== "";
  const mayAct = may("giftCards.block") || may("giftCards.replace");
  if (replace.data?.code) return <NewCode code={replace.data.code} />;
  if (!mayAct) return null;
  return (
    <form className={form.form} onSubmit={(event) => event.preventDefault()}>
      <TextInput
        label={t("office.gift_card.reason")}
        description={t("office.gift_card.reason_hint")}
        value={reason}
        maxLength={300}
        onChange={({ target }) => setReason(target.value)}
      />
      <div className={form.row}>
        {card.isBlocked ? null : (
          <Button
            variant="default"
            disabled={!hasReason || !may("giftCards.block")}
            loading={block.isPending}
            onClick={() => block.act(undefined, done(t("office.gift_card.blocked_done")))}
          >
            {t("office.gift_card.block")}
          </Button>
        )}
        {card.isBlocked && may("giftCards.unblock") ? (
          <Button
            variant="default"
            loading={unblock.isPending}
            onClick={() => unblock.act(undefined, done(t("office.gift_card.unblocked_done")))}
          >
            {t("office.gift_card.unblock")}
          </Button>
        ) : null}
        {may("giftCards.replace") ? (
          <Button
            variant="default"
            disabled={!hasReason}
            loading={replace.isPending}
            onClick={() => replace.act(undefined, done(t("office.gift_card.replaced_done")))}
          >
            {t("office.gift_card.replace")}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** The new code, shown this once: it is money. */
function NewCode({ code }: { readonly code: string }) {
  return (
    <div className={styles.code} role="status">
      <p>{t("office.gift_card.new_code")}</p>
      <output>{code}</output>
      <Button variant="default" onClick={() => print()}>
        {t("office.gift_card.print")}
      </Button>
    </div>
  );
}

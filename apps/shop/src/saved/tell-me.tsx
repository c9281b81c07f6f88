import { useMutation, useQuery } from "@tanstack/react-query";
import type { BodyOf } from "@weft/contracts/client";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useCustomer } from "../customer/session.ts";
import { stockNote } from "../product/availability-text.ts";
import type { Draft } from "../product/use-choices.ts";
import { Link, useAddress } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { HeldFor } from "./held-for.tsx";
import { askWishes, wishesQuery } from "./saved.ts";
import styles from "./saved.module.css";

type Props = { readonly draft: Draft; readonly storeId: string | undefined };
type Kind = BodyOf<"wishes.make">["kind"];

/** What one may wait for here: that it is back, or sold here at all; else that it gets cheaper. One tap, told once. */
export function TellMe({ draft: { variant }, storeId }: Props) {
  const customer = useCustomer();
  const { path } = useAddress();
  const { store } = useStore();
  const wishes = useQuery({ ...wishesQuery(customer?.customerId ?? "", storeId), enabled: customer !== null }).data?.items ?? [];
  const isAway = stockNote(variant.availability)?.canBuy === false;
  const kind: Kind = !variant.availability.inAssortment ? "in_my_store" : isAway ? "back_in_stock" : "cheaper";
  if (!store || (kind === "cheaper" && variant.price === null)) return null;
  const waiting = wishes.find((wish) => wish.state === "waiting" && wish.kind === kind && wish.goods?.sku === variant.sku);
  const held = wishes.find((wish) => wish.heldUntil !== null && wish.goods?.sku === variant.sku);
  if (customer && held?.heldUntil) return <HeldFor wish={held} until={held.heldUntil} customerId={customer.customerId} />;
  const words = t(`shop.wish.ask.${kind}`, { place: store.name });
  if (!customer)
    return (
      <div className={styles.quiet}>
        <Link to={`${pathTo("signIn")}?next=${encodeURIComponent(path)}`}>{words}</Link>
      </div>
    );
  return waiting ? (
    <Waiting id={waiting.id} customerId={customer.customerId} />
  ) : (
    <Ask
      words={words}
      customerId={customer.customerId}
      body={{ kind, sku: variant.sku, placeId: kind === "cheaper" ? null : store.id, storeId: store.id }}
    />
  );
}

function Ask({ words, customerId, body }: { readonly words: string; readonly customerId: string; readonly body: BodyOf<"wishes.make"> }) {
  const [byMail, setByMail] = useState(false);
  const make = useMutation({
    mutationFn: async () => {
      await api.ask("wishes.make", { params: { id: "me" }, body });
      if (byMail) await sayYes();
    },
    onSuccess: () => askWishes(customerId),
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <div className={styles.ask}>
      <Button busy={make.isPending} onClick={() => make.mutate()}>
        {words}
      </Button>
      <label className={styles.mail}>
        <input type="checkbox" checked={byMail} onChange={({ target }) => setByMail(target.checked)} />
        {t("shop.wish.by_mail")}
      </label>
    </div>
  );
}

function Waiting({ id, customerId }: { readonly id: string; readonly customerId: string }) {
  const withdraw = useMutation({
    mutationFn: () => api.ask("wishes.withdraw", { params: { id } }),
    onSuccess: () => askWishes(customerId),
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <p className={styles.waiting} role="status">
      {t("shop.wish.waiting")}{" "}
      <Button kind="quiet" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t("shop.wish.withdraw")}
      </Button>
    </p>
  );
}

/** A yes of its own: to mails about what one waits for, and to nothing else. */
async function sayYes(): Promise<void> {
  const { wordingVersion } = await api.ask("consent.read", { params: { id: "me" } });
  const choice = { purpose: "marketing", topic: "wishes", channelKind: "email", state: "granted" } as const;
  await api.ask("consent.decide", { params: { id: "me" }, body: { choices: [choice], wordingVersion, language: currentLocale() } });
}

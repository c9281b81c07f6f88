import { useQuery } from "@tanstack/react-query";
import type { AdviceView, AdvisedGoodsView, ProductView, SavedItemView, TillCustomerView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { ReactNode } from "react";
import { findByCode, type Sellable } from "../catalog/catalog.ts";
import { listsQuery } from "../customer/saved.tsx";
import { useTill } from "../device/till-context.ts";
import { defaultOptions } from "../sell/options.ts";
import { addToTicket, type Chosen } from "../sell/use-sell.ts";
import { useCart } from "../ticket/use-cart.ts";
import { t } from "../t.ts";
import { AdvisedRow } from "./advised-row.tsx";
import { adviceQuery, advisedGoodsQuery } from "./queries.ts";
import { boughtText, reasonText } from "./texts.ts";
import styles from "./advice.module.css";

type Shelf = {
  readonly products: readonly ProductView[];
  /** Asks what has to be said before it can be sold: kind, options, weight. */
  readonly onTap: (product: ProductView) => void;
  /** Where it is, when it is not here. */
  readonly onLook: (product: ProductView) => void;
};

type Props = Shelf & { readonly customer: TillCustomerView; readonly found: readonly ProductView[] | null };

/** What an adviser has at hand while somebody stands there: what to suggest and why, what they saved and bought, and who has it. */
export function AdviceShelf({ customer, found, ...shelf }: Props) {
  return (
    <div className={styles.advice}>
      {found === null ? <OfCustomer customer={customer} shelf={shelf} /> : <Found found={found} shelf={shelf} />}
    </div>
  );
}

function OfCustomer({ customer, shelf }: { readonly customer: TillCustomerView; readonly shelf: Shelf }) {
  const { register, timeZone } = useTill();
  const { customerId } = customer;
  useLive(`customer/${customerId}`);
  const { data: cart } = useCart();
  const skus = [...new Set((cart?.lines ?? []).map(({ sku }) => sku))].toSorted();
  const advice = useQuery(adviceQuery(customerId, register.placeId, skus));
  const lists = useQuery(listsQuery(customerId, register.placeId)).data ?? [];
  if (advice.isError && !advice.data)
    return <ProblemNote error={advice.error} onRetry={advice.refetch} kept={t("till.advice.needs_hub")} />;
  if (!advice.data) return <ScreenSkeleton />;
  const { suggestions, bought, mayAnalyze } = advice.data;
  const goodsOf = bySku(advice.data);
  const saved = lists.flatMap(({ name, items }) => items.map((item) => ({ item, list: name })));
  if (suggestions.length === 0 && bought.length === 0 && saved.length === 0)
    return <EmptyState title={t("till.advice.nothing")} text={t("till.advice.nothing_text")} />;
  return (
    <>
      <Section title={t("till.advice.suggested")} note={mayAnalyze ? undefined : t("till.advice.not_analyzed")}>
        {suggestions.map((suggestion) => (
          <Goods key={suggestion.sku} goods={goodsOf(suggestion.sku)} shelf={shelf} reason={reasonText(suggestion, timeZone)} />
        ))}
        {suggestions.length === 0 ? <li className={styles.none}>{t("till.advice.none_suggested")}</li> : null}
      </Section>
      {saved.length === 0 ? null : (
        <Section title={t("till.saved.title")}>
          {saved.map(({ item, list }) => (
            <Goods key={item.id} goods={goodsOf(item.sku)} shelf={shelf} chosen={item} {...(list !== null && { reason: list })} />
          ))}
        </Section>
      )}
      {bought.length === 0 ? null : (
        <Section title={t("till.advice.bought")}>
          {bought.map((one) => (
            <Goods
              key={one.sku}
              goods={goodsOf(one.sku)}
              shelf={shelf}
              chosen={{ ...one, quantity: 1 }}
              reason={boughtText(one, timeZone)}
            />
          ))}
        </Section>
      )}
    </>
  );
}

/** More does not fit beside a customer who waits. */
const MOST_FOUND = 12;

/** What was searched, with how many are here and where else. */
function Found({ found, shelf }: { readonly found: readonly ProductView[]; readonly shelf: Shelf }) {
  const { register } = useTill();
  const skus = found.flatMap(({ variants }) => variants.map(({ sku }) => sku)).slice(0, MOST_FOUND);
  const goods = useQuery(advisedGoodsQuery(register.placeId, skus));
  if (goods.isError && !goods.data) return <ProblemNote error={goods.error} onRetry={goods.refetch} kept={t("till.advice.needs_hub")} />;
  if (skus.length === 0) return <p className={styles.none}>{t("till.advice.none_found")}</p>;
  if (!goods.data) return <ScreenSkeleton />;
  return (
    <Section title={t("till.advice.found")}>
      {goods.data.map((one) => (
        <Goods key={one.sku} goods={one} shelf={shelf} />
      ))}
    </Section>
  );
}

function Section({ title, note, children }: { readonly title: string; readonly note?: string | undefined; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {note === undefined ? null : <p className={styles.none}>{note}</p>}
      <ul>{children}</ul>
    </section>
  );
}

type Picked = Pick<SavedItemView, "options" | "quantity">;
type GoodsProps = {
  readonly goods: AdvisedGoodsView | undefined;
  readonly shelf: Shelf;
  readonly reason?: string;
  /** As it was chosen before: nothing has to be asked again. */
  readonly chosen?: Picked;
};

function Goods({ goods, shelf, reason, chosen }: GoodsProps) {
  if (!goods) return null;
  const sold = findByCode(shelf.products, goods.sku);
  const whole = sold && asChosen(sold, chosen);
  const take = (): void => {
    if (!sold) showToast(t("till.saved.not_here"));
    else if (!goods.here.canBuy) shelf.onLook(sold.product);
    else if (whole) addToTicket(whole);
    else shelf.onTap(sold.product);
  };
  return <AdvisedRow goods={goods} unit={sold?.product.unit ?? "piece"} onTake={take} {...(reason !== undefined && { reason })} />;
}

/** What a tap adds without asking; undefined for what is weighed, booked, or has something to choose that nobody chose before. */
function asChosen({ product, variant }: Sellable, chosen: Picked | undefined): Chosen | undefined {
  if (product.unit === "gram" || product.isService) return undefined;
  if (chosen) return { product, variant, options: chosen.options, quantity: chosen.quantity };
  return product.optionGroups.length === 0 ? { product, variant, options: defaultOptions([]), quantity: 1 } : undefined;
}

function bySku({ goods }: AdviceView): (sku: string) => AdvisedGoodsView | undefined {
  const known = new Map(goods.map((one) => [one.sku, one]));
  return (sku) => known.get(sku);
}

import { useState } from "react";
import IconMinus from "@tabler/icons-react/dist/esm/icons/IconMinus.mjs";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import type { CartLineView, RequirementView } from "@weft/contracts/client";
import { lineTotal, type UnitPrice } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { depositText } from "@weft/ui/app/deposit.ts";
import { goodsTotal } from "@weft/ui/app/goods-total.ts";
import { promotionNames } from "@weft/ui/app/promotion-names.ts";
import { whyPrice } from "@weft/ui/app/why-price.ts";
import { useGlow } from "@weft/ui/live/glow.ts";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { Button, IconButton } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { textOf } from "../common/text.ts";
import { api } from "../api.ts";
import { catalogQuery, findByCode, type Catalog } from "../catalog/catalog.ts";
import { LABEL } from "../../../../hub/src/modules/carts/domain/label-price.ts";
import { ServiceActions, ServiceTime } from "../customer/service-line.tsx";
import { useTill } from "../device/till-context.ts";
import { useNow } from "../common/use-now.ts";
import { ElsewhereSheet } from "../elsewhere/elsewhere-sheet.tsx";
import { wayOf, wayText } from "../elsewhere/way-text.ts";
import { OptionsSheet } from "../sell/options-sheet.tsx";
import { addToTicket } from "../sell/use-sell.ts";
import { CourseChoice, LineCourse } from "../tables/line-course.tsx";
import { t } from "../t.ts";
import { kiloPriceText, weighedBefore, weightText } from "../weigh/weight.ts";
import { addedAgain, saidOf } from "./again.ts";
import { LineNoteSheet } from "./note-form.tsx";
import { mayBeGiven } from "./given-prices.ts";
import { nearEndNames, nearEndTexts, Traced } from "./traced.tsx";
import { PriceSheet } from "./price-sheet.tsx";
import { changeCart } from "./ticket.ts";
import styles from "./ticket.module.css";

type LineRowProps = { readonly cartId: string; readonly line: CartLineView; readonly requirements: readonly RequirementView[] };

/** One line of the ticket. A tap opens its quantity; what came from another channel says so, and glows once. */
export function LineRow({ cartId, line, requirements }: LineRowProps) {
  const [isOpen, setOpen] = useState(false);
  const row = useGlow<HTMLLIElement>(`cart/${cartId}`, line.quantity);
  const name = textOf(line.name);
  const options = line.options.map((option) => textOf(option.name)).join(", ");
  const product = useProductOf(line);
  const [isChanging, setChanging] = useState(false);
  const [isLooking, setLooking] = useState(false);
  const [isNoting, setNoting] = useState(false);
  const [isGiving, setGiving] = useState(false);
  const { timeZone } = useTill();
  const now = useNow();
  const setQuantity = (quantity: number): void => changeCart({ kind: "setQuantity", lineId: line.id, quantity });
  const remove = (): void => {
    changeCart({ kind: "remove", lineId: line.id });
    const again = addedAgain(line);
    showToast(t("till.line.removed", { what: name }), () => changeCart(again));
  };
  return (
    <li ref={row} className={styles.line}>
      <button type="button" className={styles.main} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className={styles.quantity}>{line.unit === "gram" ? "" : line.quantity}</span>
        <span className={styles.what}>
          <span>
            {name} {line.addedBy.channelKind === "store" ? null : <ChannelIcon kind={line.addedBy.channelKind} size={16} />}
          </span>
          {options === "" ? null : <small>{options}</small>}
          {line.unit === "gram" ? <Weighed line={line} /> : null}
          {line.service ? <ServiceTime service={line.service} /> : null}
          {line.trace ? <Traced trace={line.trace} /> : null}
          {line.note === undefined ? null : <small className={styles.note}>{line.note}</small>}
          <LineCourse line={line} />
          {line.elsewhere ? <small className={styles.away}>{wayText(line.elsewhere, timeZone, now)}</small> : null}
          {line.deposit ? <small>{depositText(line.deposit)}</small> : null}
          {line.override && line.override.reason !== LABEL ? (
            <small className={styles.discount}>
              {t("till.price.instead_of", { price: listedText(line.override.insteadOf), reason: line.override.reason })}
            </small>
          ) : null}
          {line.discount.amount > 0 ? (
            <small className={styles.discount}>
              {[...promotionNames(line.because), ...nearEndNames(line.because)].join(" · ") || t("till.line.discount")}
            </small>
          ) : null}
          {requirements.map(({ code }) => (
            <small key={code} className={styles.warning}>
              {requirementText(code, line)}
            </small>
          ))}
        </span>
        <MoneyText money={goodsTotal(line)} />
      </button>
      {isOpen && line.service ? (
        <div className={styles.quantities} role="group" aria-label={t("ui.stepper.quantity", { what: name })}>
          <ServiceActions line={line} service={line.service} />
        </div>
      ) : isOpen && line.topUp ? (
        <div className={styles.quantities} role="group" aria-label={t("ui.stepper.quantity", { what: name })}>
          <IconButton label={t("ui.stepper.remove", { what: name })} icon={IconTrash} onClick={remove} />
        </div>
      ) : isOpen ? (
        <div className={styles.quantities} role="group" aria-label={t("ui.stepper.quantity", { what: name })}>
          <IconButton label={t("ui.stepper.remove", { what: name })} icon={IconTrash} onClick={remove} />
          {mayBeGiven(line) ? (
            <Button kind="quiet" onClick={() => setGiving(true)}>
              {t("till.price.open")}
            </Button>
          ) : null}
          <Button kind="quiet" onClick={() => setNoting(true)}>
            {t("till.note.open")}
          </Button>
          {product && line.unit === "piece" ? (
            <Button kind="quiet" onClick={() => setChanging(true)}>
              {t("till.line.change")}
            </Button>
          ) : null}
          {line.elsewhere ? (
            <Button kind="quiet" onClick={() => changeCart({ kind: "setElsewhere", lineId: line.id, elsewhere: null })}>
              {t("till.elsewhere.take_along")}
            </Button>
          ) : (
            <Button kind="quiet" onClick={() => setLooking(true)}>
              {t("till.elsewhere.open")}
            </Button>
          )}
          {line.unit === "gram" ? null : (
            <>
              <span className={styles.spring} />
              <IconButton
                label={t("ui.stepper.less", { what: name })}
                icon={IconMinus}
                disabled={line.quantity <= 1}
                onClick={() => setQuantity(line.quantity - 1)}
              />
              <output aria-live="polite">{line.quantity}</output>
              <IconButton
                label={t("ui.stepper.more", { what: name })}
                icon={IconPlus}
                disabled={line.trace?.serial !== undefined}
                onClick={() => setQuantity(line.quantity + 1)}
              />
            </>
          )}
        </div>
      ) : null}
      {isOpen ? <CourseChoice line={line} name={name} /> : null}
      {isOpen ? (
        <ul className={styles.why} aria-label={t("ui.why.title")}>
          {[...whyPrice(line), ...nearEndTexts(line)].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
      {isGiving ? <PriceSheet line={line} onClose={() => setGiving(false)} /> : null}
      {isNoting ? <LineNoteSheet line={line} onClose={() => setNoting(false)} /> : null}
      {isLooking ? (
        <ElsewhereSheet
          name={name}
          sku={line.sku}
          quantity={line.quantity}
          options={line.options}
          onClose={() => setLooking(false)}
          onChoose={(elsewhere) => {
            setLooking(false);
            changeCart({ kind: "setElsewhere", lineId: line.id, elsewhere });
          }}
        />
      ) : null}
      {isChanging && product ? (
        <OptionsSheet
          product={product}
          was={{ sku: line.sku, quantity: line.quantity, options: line.options }}
          onClose={() => setChanging(false)}
          onAdd={(chosen) => {
            setChanging(false);
            changeCart({ kind: "remove", lineId: line.id });
            addToTicket({ ...chosen, ...wayOf(line), ...saidOf(line) });
          }}
        />
      ) : null}
    </li>
  );
}

/** What one unit costs by its list, or by its label. */
const listedText = (price: UnitPrice): string =>
  price.per.unit === "gram"
    ? weighedBefore(price)
    : formatMoney({ amount: lineTotal(price, price.per.quantity), currency: price.currency });

/** Weight and price of a kilogram. A weight is not changed on its line: it is taken off and weighed again. */
function Weighed({ line: { quantity, unitPrice, override, isTyped } }: Pick<LineRowProps, "line">) {
  const price = (override?.reason === LABEL ? override.insteadOf : null) ?? unitPrice;
  const text = price ? `${weightText(quantity)} × ${kiloPriceText(price)}` : weightText(quantity);
  return <small>{isTyped ? `${text} · ${t("till.weigh.by_hand")}` : text}</small>;
}

/** The line's product, when there is something to choose about it. */
function useProductOf({ sku }: CartLineView) {
  const { register } = useTill();
  const catalog = api.queries.getQueryData<Catalog>(catalogQuery(register.placeId).queryKey);
  const product = catalog && findByCode(catalog.products, sku)?.product;
  return product && (product.variants.length > 1 || product.optionGroups.length > 0) ? product : undefined;
}

/** What a cashier must know of a line; the goods in hand may still be sold. */
function requirementText(code: string, { available, elsewhere }: CartLineView): string {
  if (elsewhere) return code === "stock.insufficient" ? t("till.elsewhere.short", { count: available ?? 0 }) : t("till.elsewhere.unmet");
  if (code === "stock.insufficient") return t("till.line.short", { count: available ?? 0 });
  if (code === "product.sold_out") return t("till.sold_out.note");
  if (code === "product.recalled") return t("till.line.recalled");
  return t("till.line.unmet");
}

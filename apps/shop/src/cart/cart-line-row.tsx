import IconHeart from "@tabler/icons-react/dist/esm/icons/IconHeart.mjs";
import { useMutation } from "@tanstack/react-query";
import type { CartLineView } from "@weft/contracts/client";
import { depositText } from "@weft/ui/app/deposit.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { promotionNames } from "@weft/ui/app/promotion-names.ts";
import { useGlow } from "@weft/ui/live/glow.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { ChannelIcon, channelName } from "@weft/ui/kit/channel-icon.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { IconButton } from "@weft/ui/shop/button.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useCustomer } from "../customer/session.ts";
import { saveLine } from "../saved/saved.ts";
import { waitText } from "../product/availability-text.ts";
import { Picture } from "../shared/picture.tsx";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { isElsewhere } from "./changed-elsewhere.ts";
import { Note } from "./note.tsx";
import { ServiceActions, ServiceTime } from "./service-line.tsx";
import { addToCart, changeCart, operation } from "./send.ts";
import type { ShownLine } from "./shown-cart.ts";
import { wayText } from "./way-text.ts";
import styles from "./cart-lines.module.css";

type Props = { readonly line: ShownLine; readonly cartId: string | undefined; readonly placeId: string | undefined };

/** A line of the cart. It glows once when another channel changes it, and says which one put it there. */
export function CartLineRow({ line, cartId, placeId }: Props) {
  const glow = useGlow<HTMLLIElement>(`cart/${cartId}`, line.quantity);
  const customer = useCustomer();
  const name = inLanguage(line.name);
  const isWeighed = line.unitPrice?.per.unit === "gram";
  return (
    <li ref={glow} className={styles.line}>
      <Picture url={line.pictureUrl} size={64} />
      <div className={styles.words}>
        <strong>{name}</strong>
        {line.options.length > 0 ? (
          <span className={styles.quiet}>{line.options.map((option) => inLanguage(option.name)).join(" · ")}</span>
        ) : null}
        {line.line?.service ? <ServiceTime service={line.line.service} seats={line.quantity} /> : null}
        {line.line ? <LineNotes line={line.line} /> : null}
        {line.line ? <Note lineId={line.id} what={name} note={line.note} isTaken={line.line.takesNote === true} /> : null}
      </div>
      <span className={styles.amount}>{line.total === null ? t("shop.price.none") : formatMoney(line.total)}</span>
      <div className={styles.count}>
        {customer && cartId !== undefined && line.line && !line.line.service && !line.line.topUp ? (
          <SaveLine customerId={customer.customerId} cartId={cartId} lineId={line.id} name={name} />
        ) : null}
        {line.line?.service && cartId !== undefined ? (
          <ServiceActions cartId={cartId} line={line.line} service={line.line.service} />
        ) : isWeighed ? (
          <span>{t("shop.cart.grams", { count: line.quantity })}</span>
        ) : (
          <Stepper
            what={name}
            min={0}
            max={line.line?.topUp ? 1 : MOST}
            value={line.quantity}
            onChange={(quantity) => setQuantity(line, quantity, placeId)}
          />
        )}
      </div>
    </li>
  );
}

/** More is an order to talk about. */
const MOST = 999;

type SaveProps = { readonly customerId: string; readonly cartId: string; readonly lineId: string; readonly name: string };

/** Takes the line out of the cart and keeps it for later, in one tap. */
function SaveLine({ customerId, cartId, lineId, name }: SaveProps) {
  const save = useMutation({
    mutationFn: () => saveLine(customerId, cartId, lineId),
    onSuccess: () => showToast(t("shop.saved.added", { name })),
    onError: (error) => showToast(problemText(error)),
  });
  return <IconButton icon={IconHeart} label={t("shop.saved.save", { name })} disabled={save.isPending} onClick={() => save.mutate()} />;
}

function LineNotes({ line }: { readonly line: CartLineView }) {
  const { channelKind, at } = line.addedBy;
  return (
    <>
      {(line.waits ?? []).map((wait) => (
        <span key={wait.on} className={styles.waits}>
          {waitText(wait, line.quantity)}
        </span>
      ))}
      {line.elsewhere ? <span className={styles.quiet}>{wayText(line.elsewhere)}</span> : null}
      {line.deposit ? <span className={styles.quiet}>{depositText(line.deposit)}</span> : null}
      {line.discount.amount > 0 ? (
        <span className={styles.saved}>
          {[...promotionNames(line.because), t("shop.cart.saved", { amount: formatMoney(line.discount) })].join(" · ")}
        </span>
      ) : null}
      {isElsewhere(channelKind) ? (
        <span className={styles.from}>
          <ChannelIcon kind={channelKind} size={16} />
          <span>
            {t("shop.cart.added_by", { channel: channelName(channelKind) })} · <TimeAgo at={at} />
          </span>
        </span>
      ) : null}
    </>
  );
}

function setQuantity(line: ShownLine, quantity: number, placeId: string | undefined): void {
  if (quantity > 0) {
    changeCart({ operation: operation("setQuantity", { lineId: line.id, quantity }) });
    return;
  }
  changeCart({ operation: operation("remove", { lineId: line.id }) });
  const { name, pictureUrl, unitPrice, options, note } = line;
  const hint = { name, pictureUrl, unitPrice, options, ...(note !== undefined && { note }) };
  const topUp = line.line?.topUp;
  showToast(t("shop.cart.removed", { name: inLanguage(name) }), () => {
    if (!topUp) addToCart(line.sku, line.quantity, hint, placeId);
    else {
      const again = { cardId: topUp.cardId, amount: line.total?.amount ?? 0 };
      changeCart({ operation: operation("add", { sku: line.sku, quantity: 1, options: [], topUp: again }), hint });
    }
  });
}

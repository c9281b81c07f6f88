import { useMutation } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { ChannelIcon, channelName } from "@weft/ui/kit/channel-icon.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { useBasket } from "./basket.ts";
import { CartLineRow } from "./cart-line-row.tsx";
import { CartRewards } from "./cart-rewards.tsx";
import { isElsewhere } from "./changed-elsewhere.ts";
import { Codes } from "./codes.tsx";
import { Earlier } from "./earlier.tsx";
import { requirementText } from "./requirement-text.ts";
import { keepsFromCheckout } from "./requirements.ts";
import { noteOf } from "./shown-cart.ts";
import { Note } from "./note.tsx";
import { Totals } from "./totals.tsx";
import type { CartState } from "./use-cart.ts";
import lineStyles from "./cart-lines.module.css";
import styles from "./cart.module.css";

/** Lines, who else is at this cart, what is missing, codes and total: the same on the cart's screen and beside the menu. */
export function CartContents({ state: { cart, shown }, placeId }: { readonly state: CartState; readonly placeId: string | undefined }) {
  const { pending } = useBasket();
  return (
    <>
      {cart ? <OtherHolders cart={cart} /> : null}
      <Unsent />
      <ul className={lineStyles.lines}>
        {shown.lines.map((line) => (
          <CartLineRow key={line.id} line={line} cartId={cart?.id} placeId={placeId} />
        ))}
      </ul>
      {cart?.earlier && cart.earlier.lines.length > 0 ? <Earlier cartId={cart.id} earlier={cart.earlier} /> : null}
      {cart ? <Requirements cart={cart} /> : null}
      {cart ? <Note lineId={null} what={t("shop.note.order")} note={noteOf(cart, pending)} isTaken={cart.takesNote === true} /> : null}
      <CartRewards rewards={cart?.rewards ?? []} />
      <Codes codes={cart?.codes ?? []} />
      <Totals cart={cart} shown={shown} />
    </>
  );
}

/** Who else sees and changes this cart right now. */
function OtherHolders({ cart }: { readonly cart: CartView }) {
  const others = cart.holders.filter(({ channelKind, kind }) => isElsewhere(channelKind) || kind === "screen" || kind === "staff");
  if (others.length === 0) return null;
  return (
    <ul className={styles.holders} role="status">
      {others.map(({ id, channelKind, kind, mode, name }) => (
        <li key={id}>
          <ChannelIcon kind={kind === "screen" ? "screen" : channelKind} />
          {kind === "screen"
            ? t("shop.cart.on_screen")
            : kind === "staff"
              ? t("shop.cart.helped_by", { name: name ?? "" })
              : name === null
                ? t("shop.cart.held_by", { channel: channelName(channelKind) })
                : t("shop.cart.held_by_named", { channel: channelName(channelKind), name })}
          {mode === "joined" && (kind === "screen" || kind === "staff") ? <SendAway cartId={cart.id} holderId={id} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** One tap, and they see this cart no longer. */
function SendAway({ cartId, holderId }: { readonly cartId: string; readonly holderId: string }) {
  const leave = useMutation({
    mutationFn: () => api.ask("carts.leave", { params: { id: cartId, holderId } }),
    onSettled: () => api.queries.invalidateQueries({ queryKey: ["cart", cartId] }),
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <button type="button" disabled={leave.isPending} onClick={() => leave.mutate()}>
      {t("shop.cart.send_away")}
    </button>
  );
}

/** What was changed without a network waits here, and says so. */
function Unsent() {
  const { isStuck, pending } = useBasket();
  if (!isStuck || pending.length === 0) return null;
  return (
    <p className={styles.unsent} role="status">
      {t("shop.cart.unsent")}
    </p>
  );
}

function Requirements({ cart }: { readonly cart: CartView }) {
  const open = keepsFromCheckout(cart.requirements).filter(({ code }) => code !== "cart.empty");
  if (open.length === 0) return null;
  return (
    <ul className={styles.requirements} role="status">
      {open.map((requirement) => (
        <li key={`${requirement.code} ${requirement.lineId}`}>{requirementText(requirement, cart)}</li>
      ))}
    </ul>
  );
}

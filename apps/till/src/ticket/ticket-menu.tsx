import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import type { CartView } from "@weft/contracts/client";
import { formatMoney, formatTime } from "@weft/ui/i18n/format.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useClaim } from "../customer/use-claim.ts";
import { useTill } from "../device/till-context.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { setSoldOutMode, useSoldOutMode } from "../sell/sold-out-mode.ts";
import { useFocus } from "../common/use-focus.ts";
import { t } from "../t.ts";
import { CollectForm } from "./collect-form.tsx";
import { mayBeGiven } from "./given-prices.ts";
import { PriceForm } from "./price-sheet.tsx";
import { NoteForm } from "./note-form.tsx";
import { parkTicket, useParked, useResume } from "./parked.ts";
import { holdsMoney, usePayment } from "../pay/payment.ts";
import { changeCart, changeTicket, clearTicket, ticket, useTicket } from "./ticket.ts";
import styles from "./ticket-menu.module.css";

type Page = "menu" | "note" | "code" | "claim" | "phone" | "collect" | "price";
type TicketMenuProps = { readonly open: boolean; readonly onClose: () => void; readonly cart: CartView | undefined };

/** How long a given-up ticket can be called back before the hub is told. */
const UNDO_MS = 8000;

/** Everything that is needed now and then: hand-over both ways, park, code, sold out, give up. */
export function TicketMenu({ open, onClose, cart }: TicketMenuProps) {
  const [page, setPage] = useState<Page>("menu");
  const close = (): void => {
    setPage("menu");
    onClose();
  };
  return (
    <Sheet open={open} onClose={close} title={t(`till.menu.${page}`)}>
      {page === "menu" ? <Menu cart={cart} onPage={setPage} onDone={close} /> : null}
      {page === "note" ? <NoteForm lineId={null} note={cart?.note} onDone={close} /> : null}
      {page === "code" ? <CodeForm onDone={close} /> : null}
      {page === "price" && cart ? <PriceForm lines={cart.lines.filter(mayBeGiven)} onDone={close} /> : null}
      {page === "collect" ? <CollectForm onDone={close} /> : null}
      {page === "claim" ? <ClaimForm onDone={close} /> : null}
      {page === "phone" && cart ? <ToPhone cart={cart} onDone={close} /> : null}
    </Sheet>
  );
}

function Menu({
  cart,
  onPage,
  onDone,
}: {
  readonly cart: CartView | undefined;
  readonly onPage: (page: Page) => void;
  readonly onDone: () => void;
}) {
  const hasLines = (cart?.lines.length ?? 0) > 0;
  const isMarking = useSoldOutMode();
  const isPaidFor = holdsMoney(usePayment(useTicket().key));
  const abandon = useAbandon();
  const navigate = useNavigate();
  const park = useMutation({ mutationFn: parkTicket, onSuccess: onDone, onError: (error) => showToast(problemText(error)) });
  return (
    <div className={`${styles.menu} ${styles.choices}`}>
      <Button wide onClick={() => onPage("claim")}>
        {t("till.menu.claim")}
      </Button>
      <Button wide disabled={!hasLines || isPaidFor} onClick={() => onPage("phone")}>
        {t("till.menu.phone")}
      </Button>
      <Button wide disabled={!hasLines} onClick={() => onPage("note")}>
        {t("till.menu.note")}
      </Button>
      <Button wide disabled={!hasLines} onClick={() => onPage("code")}>
        {t("till.menu.code")}
      </Button>
      <Button wide disabled={!hasLines} onClick={() => onPage("price")}>
        {t("till.menu.price")}
      </Button>
      <Button wide disabled={!hasLines} onClick={() => onPage("collect")}>
        {t("till.menu.collect")}
      </Button>
      <Button
        wide
        disabled={!hasLines}
        onClick={() => {
          onDone();
          void navigate({ to: "/bill" });
        }}
      >
        {t("till.menu.bill")}
      </Button>
      <Button
        wide
        busy={park.isPending}
        disabled={!hasLines || isPaidFor}
        onClick={() => {
          if (cart) park.mutate(cart);
        }}
      >
        {t("till.park.park")}
      </Button>
      <Button
        wide
        onClick={() => {
          setSoldOutMode(!isMarking);
          onDone();
        }}
      >
        {isMarking ? t("till.sold_out.stop") : t("till.sold_out.start")}
      </Button>
      <Button
        kind="danger"
        wide
        disabled={!cart || isPaidFor}
        onClick={() => {
          if (cart) abandon(cart);
          onDone();
        }}
      >
        {t("till.menu.abandon")}
      </Button>
      {isPaidFor ? <p role="status">{t("problem.till.money_taken")}</p> : null}
      <ParkedList onDone={onDone} />
    </div>
  );
}

/** Given up at once on the screen, with a way back; the hub hears of it when nobody called it back. */
function useAbandon(): (cart: CartView) => void {
  const { shift } = useTill();
  return (cart) => {
    const before = ticket();
    clearTicket();
    const timer = setTimeout(() => void registerOutbox().perform("sale.abandon", { shiftId: shift.id, cartId: cart.id }), UNDO_MS);
    showToast(t("till.menu.abandoned"), () => {
      clearTimeout(timer);
      changeTicket(before);
    });
  };
}

function ParkedList({ onDone }: { readonly onDone: () => void }) {
  const parked = useParked();
  const { timeZone } = useTill();
  const resume = useResume(onDone);
  if (parked.length === 0) return resume.error ? <ProblemNote error={resume.error} /> : null;
  return (
    <section className={styles.parked} aria-labelledby="parked-title">
      <h3 id="parked-title">{t("till.park.title")}</h3>
      <ul>
        {parked.map(({ cartId, kioskNumber, givenName, items, own, deviceName, parkedAt, total }) => (
          <li key={cartId}>
            <button type="button" disabled={resume.isPending} onClick={() => resume.mutate(cartId)}>
              <span>
                {kioskNumber ?? givenName ?? t("till.park.items", { count: items })}
                <small>
                  {formatTime(parkedAt, { timeZone })}
                  {own ? "" : ` · ${deviceName}`}
                </small>
              </span>
              <strong>{formatMoney(total)}</strong>
            </button>
          </li>
        ))}
      </ul>
      {resume.error ? <ProblemNote error={resume.error} /> : null}
    </section>
  );
}

function CodeForm({ onDone }: { readonly onDone: () => void }) {
  const focus = useFocus();
  const [code, setCode] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    changeCart({ kind: "applyCode", code: code.trim() });
    onDone();
  };
  return (
    <form className={styles.menu} onSubmit={submit}>
      <Field
        label={t("till.code.label")}
        id={focus}
        required
        maxLength={40}
        autoCapitalize="characters"
        autoComplete="off"
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      <Button type="submit" kind="primary" wide>
        {t("till.code.apply")}
      </Button>
    </form>
  );
}

/** From the phone to the till: the code that the customer's screen shows, scanned or typed. */
function ClaimForm({ onDone }: { readonly onDone: () => void }) {
  const focus = useFocus();
  const [code, setCode] = useState("");
  const claim = useClaim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    claim.mutate(code.trim(), { onSuccess: onDone });
  };
  return (
    <form className={styles.menu} onSubmit={submit}>
      <Field
        label={t("till.claim.label")}
        hint={t("till.claim.hint")}
        id={focus}
        required
        minLength={4}
        maxLength={40}
        autoCapitalize="characters"
        autoComplete="off"
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      {claim.error ? <ProblemNote error={claim.error} /> : null}
      <Button type="submit" kind="primary" wide busy={claim.isPending}>
        {t("till.claim.claim")}
      </Button>
    </form>
  );
}

/** From the till to the phone: scanned there, the customer goes on in the app, and pays there or here. */
function ToPhone({ cart, onDone }: { readonly cart: CartView; readonly onDone: () => void }) {
  const { register } = useTill();
  const offer = useMutation({
    mutationFn: (mode: "take" | "join") => {
      const token = ticket().cart?.token ?? null;
      return api.ask("carts.offerHandover", {
        params: { id: cart.id },
        body: { mode },
        headers: token === null ? {} : { "weft-cart": token },
      });
    },
  });
  if (!offer.data)
    return (
      <div className={styles.menu}>
        <p>{t("till.phone.text")}</p>
        <Button kind="primary" wide busy={offer.isPending} onClick={() => offer.mutate("join")}>
          {t("till.phone.join")}
        </Button>
        <Button wide busy={offer.isPending} onClick={() => offer.mutate("take")}>
          {t("till.phone.take")}
        </Button>
        {offer.error ? <ProblemNote error={offer.error} /> : null}
      </div>
    );
  const { url, code, mode } = offer.data;
  return (
    <div className={styles.offer}>
      <QrCode text={absolute(url)} label={t("till.phone.qr")} size={240} />
      <p className={styles.code}>{code}</p>
      <p>{mode === "join" ? t("till.phone.joined", { register: register.name }) : t("till.phone.taken")}</p>
      <Button
        wide
        onClick={() => {
          if (mode === "take") clearTicket();
          onDone();
        }}
      >
        {t("till.phone.done")}
      </Button>
    </div>
  );
}

/** A hub that was told no public address answers a path; a phone needs the whole address. */
function absolute(url: string): string {
  return new URL(url, location.origin).href;
}

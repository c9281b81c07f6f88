import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState, type FormEvent } from "react";
import IconArmchair from "@tabler/icons-react/dist/esm/icons/IconArmchair.mjs";
import type { CartView, TicketTabView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button, IconButton } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useFocus } from "../common/use-focus.ts";
import { useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { isTakenOff, unsentBy } from "./courses.ts";
import { MoveLines } from "./move-lines.tsx";
import { tabText } from "./tab-text.ts";
import { tellTaken, useChangeTab, useLeave, useSend } from "./tab.ts";
import styles from "./tab.module.css";

/** The table of the ticket: whose it is, what goes to the stations now, and back to the tables. Nothing for a ticket at no table. */
export function TabFoot({ cart, isSettled }: { readonly cart: CartView | undefined; readonly isSettled: boolean }) {
  const { tab, isCut } = useTicket();
  useTakenOff(tab, cart, isSettled && !isCut);
  return tab ? <Foot tab={tab} cart={cart} isCut={isCut} /> : null;
}

function Foot({ tab, cart, isCut }: { readonly tab: TicketTabView; readonly cart: CartView | undefined; readonly isCut: boolean }) {
  const navigate = useNavigate();
  const send = useSend();
  const leave = useLeave(() => void navigate({ to: "/tables" }));
  const [isOpen, setOpen] = useState(false);
  const [isMoving, setMoving] = useState(false);
  const lines = cart?.lines ?? [];
  const unsent = unsentBy(tab, lines);
  return (
    <section className={styles.tab} aria-label={tabText(tab, t)}>
      <div className={styles.row}>
        <button type="button" className={styles.name} onClick={() => setOpen(true)}>
          <span>{tabText(tab, t)}</span>
        </button>
        <IconButton
          label={t("till.tables.leave")}
          title={t("till.tables.leave")}
          icon={IconArmchair}
          disabled={isCut || !cart || leave.isPending}
          onClick={() => cart && leave.mutate(cart)}
        />
        {unsent.map(({ course, units }) => (
          <Button key={course} busy={send.isPending} disabled={isCut} onClick={() => send.mutate(course)}>
            {course === 0 ? t("till.tables.send_now", { count: units }) : t("till.tables.send", { course, count: units })}
          </Button>
        ))}
        {unsent.length === 0 && lines.length > 0 ? <small role="status">{t("till.tables.all_sent")}</small> : null}
        {isCut ? <small>{t("till.tables.needs_hub")}</small> : null}
      </div>
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={tabText(tab, t)}>
        <TabForm
          tab={tab}
          onDone={() => setOpen(false)}
          onMoveLines={
            lines.length === 0
              ? undefined
              : () => {
                  setOpen(false);
                  setMoving(true);
                }
          }
        />
      </Sheet>
      <Sheet open={isMoving} onClose={() => setMoving(false)} title={t("till.tables.move_lines")}>
        <MoveLines
          tab={tab}
          lines={lines}
          onDone={(isEmpty) => {
            setMoving(false);
            if (isEmpty) void navigate({ to: "/tables" });
          }}
        />
      </Sheet>
    </section>
  );
}

/** What was sent and is taken off is told to the stations as soon as the hub knows of it. */
function useTakenOff(tab: TicketTabView | null, cart: CartView | undefined, isSettled: boolean): void {
  const telling = useRef(false);
  const cartId = cart?.id;
  const isOff = tab !== null && cart !== undefined && isSettled && cart.state === "open" && isTakenOff(tab, cart.lines);
  useEffect(() => {
    if (!isOff || cartId === undefined || telling.current) return;
    telling.current = true;
    tellTaken(cartId)
      .then(() => showToast(t("till.tables.told")))
      .catch((error: unknown) => showToast(problemText(error)))
      .finally(() => {
        telling.current = false;
      });
  }, [isOff, cartId, tab]);
}

type TabFormProps = {
  readonly tab: TicketTabView;
  readonly onDone: () => void;
  /** Left out where nothing is on the ticket. */
  readonly onMoveLines: (() => void) | undefined;
};

/** What the guests are called, another table for them, and another ticket for some of what they had. */
function TabForm({ tab, onDone, onMoveLines }: TabFormProps) {
  const focus = useFocus();
  const navigate = useNavigate();
  const [name, setName] = useState(tab.name ?? "");
  const change = useChangeTab(onDone);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ name: name.trim() === "" ? null : name.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label={t("till.tables.name")}
        hint={t("till.tables.name_hint")}
        id={focus}
        maxLength={40}
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      {change.error ? <ProblemNote error={change.error} /> : null}
      <Button type="submit" kind="primary" wide busy={change.isPending}>
        {t("till.tables.save")}
      </Button>
      <Button
        wide
        onClick={() => {
          onDone();
          void navigate({ to: "/tables", search: { move: 1 } });
        }}
      >
        {t("till.tables.move")}
      </Button>
      {onMoveLines ? (
        <Button wide onClick={onMoveLines}>
          {t("till.tables.move_lines")}
        </Button>
      ) : null}
    </form>
  );
}

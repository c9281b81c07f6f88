import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState, type FormEvent } from "react";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useScanner } from "../scan/use-scanner.ts";
import { t } from "../t.ts";
import desk from "../common/desk.module.css";
import { BroughtOrder } from "./brought-order.tsx";
import { Empties } from "./empties.tsx";
import { orderShown } from "./queries.ts";
import styles from "./returns.module.css";

type ReturnsScreenProps = {
  readonly orderId: string | undefined;
  /** What was announced of it. */
  readonly requestId: string | undefined;
  /** A return code that was scanned elsewhere. */
  readonly code: string | undefined;
};

/** Goods come back, wherever they were bought: the receipt is scanned or its number typed, then it is chosen what comes back. */
export function ReturnsScreen({ orderId, requestId, code }: ReturnsScreenProps) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const find = useMutation({
    mutationFn: (number: string) => orderShown(number),
    onSuccess: (order) => {
      if (order !== null) setTyped("");
      void navigate({ to: "/returns", search: order ?? {}, replace: true });
    },
  });
  useScanner((text) => find.mutate(text.trim()));
  const scanned = useEffectEvent((text: string) => find.mutate(text));
  useEffect(() => {
    if (code !== undefined) scanned(code);
  }, [code]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== "") find.mutate(typed.trim());
  };
  return (
    <section className={styles.screen} aria-labelledby="returns-title">
      <header className={desk.head}>
        <h1 id="returns-title">{t("till.returns.title")}</h1>
        <form className={desk.entry} onSubmit={submit}>
          <input
            data-tour="return-number"
            aria-label={t("till.returns.number")}
            placeholder={t("till.returns.number")}
            autoComplete="off"
            autoCapitalize="characters"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button data-tour="return-find" type="submit" kind={orderId === undefined ? "primary" : "secondary"} busy={find.isPending}>
            {t("till.returns.find")}
          </Button>
        </form>
      </header>
      {find.error ? <ProblemNote error={find.error} /> : null}
      {find.data === null ? (
        <EmptyState title={t("till.collections.unknown_order", { number: find.variables })} />
      ) : orderId === undefined ? (
        <div className={styles.start}>
          <EmptyState title={t("till.returns.hint")} />
          <Empties />
        </div>
      ) : (
        <BroughtOrder
          key={`${orderId} ${requestId}`}
          orderId={orderId}
          requestId={requestId}
          onDone={() => void navigate({ to: "/returns", search: {}, replace: true })}
        />
      )}
    </section>
  );
}

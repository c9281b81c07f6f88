import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState, type FormEvent } from "react";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { wayOfScanned } from "../scan/open-scanned.ts";
import { parseScan } from "../scan/parse-scan.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { isAway } from "../local/kept.ts";
import { ownSold, type OwnSold } from "../local/own-return.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import desk from "../common/desk.module.css";
import { BroughtOrder } from "./brought-order.tsx";
import { Empties } from "./empties.tsx";
import { Unproven } from "./unproven-screen.tsx";
import { OwnBrought } from "./own-brought.tsx";
import { orderShown } from "./queries.ts";
import styles from "./returns.module.css";

type ReturnsScreenProps = {
  readonly orderId: string | undefined;
  /** What was announced of it. */
  readonly requestId: string | undefined;
  /** What was scanned elsewhere. */
  readonly code: string | undefined;
  /** Of a receipt without prices: its lines, or `all`. */
  readonly gift: string | undefined;
};

/** Goods come back, wherever they were bought: the receipt is scanned or its number typed, then it is chosen what comes back. */
export function ReturnsScreen({ orderId, requestId, code, gift }: ReturnsScreenProps) {
  const navigate = useNavigate();
  const { register } = useTill();
  const [typed, setTyped] = useState("");
  const [isUnproven, setUnproven] = useState(false);
  const [own, setOwn] = useState<OwnSold>();
  const find = useMutation({
    mutationFn: async (shown: string) => {
      setOwn(undefined);
      return orderShown(shown).catch(async (error: unknown) => {
        const kept = isAway(error) ? await ownSold(shown, register.id) : undefined;
        if (!kept) throw isAway(error) ? needsHub() : error;
        setOwn(kept);
        return NOT_ASKED;
      });
    },
    onSuccess: (order) => {
      if (order !== null) setTyped("");
      void navigate({ to: "/returns", search: order ?? {}, replace: true });
    },
  });
  const scanned = useEffectEvent((text: string) => find.mutate(text));
  useEffect(() => {
    if (code !== undefined) scanned(code);
  }, [code]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== "") find.mutate(typed.trim());
  };
  if (isUnproven) {
    return (
      <section className={styles.screen} aria-labelledby="returns-title">
        <header className={desk.head}>
          <h1 id="returns-title">{t("till.returns.title")}</h1>
        </header>
        <Unproven onDone={() => setUnproven(false)} />
      </section>
    );
  }
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
      <ReceiptScanner
        onScan={(text) => {
          const way = wayOfScanned(parseScan(text));
          if (way?.to === "/collections") void navigate(way);
          else find.mutate(text.trim());
        }}
      />
      {find.error ? <ProblemNote error={find.error} /> : null}
      {own ? (
        <OwnBrought key={own.sale.orderId} own={own} onDone={() => setOwn(undefined)} />
      ) : find.data === null ? (
        <EmptyState title={t("till.collections.unknown_order", { number: find.variables })} />
      ) : orderId === undefined ? (
        <div className={styles.start}>
          <EmptyState title={t(register.practices ? "till.returns.practice" : "till.returns.hint")} />
          {register.takesUnproven ? (
            <p>
              <Button onClick={() => setUnproven(true)}>{t("till.unproven.start")}</Button>
            </p>
          ) : null}
          <Empties />
        </div>
      ) : (
        <BroughtOrder
          key={`${orderId} ${requestId} ${gift}`}
          orderId={orderId}
          requestId={requestId}
          gift={gift}
          onDone={() => void navigate({ to: "/returns", search: {}, replace: true })}
        />
      )}
    </section>
  );
}

/** Found here, without asking the hub. */
const NOT_ASKED = {} as const;

/** Neither sold here nor to be asked for. */
const needsHub = (): ProblemError => new ProblemError({ type: "about:blank", title: "", status: 0, code: "till.return_needs_hub" }, false);

/** What is scanned while this stands on the screen is a receipt: goods are scanned where those without one are listed. */
function ReceiptScanner({ onScan }: { readonly onScan: (text: string) => void }) {
  useScanner(onScan);
  return null;
}

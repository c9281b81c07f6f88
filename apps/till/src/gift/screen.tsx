import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReceiptView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useTill } from "../device/till-context.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { newJob, printQueue } from "../print/printer.ts";
import { usePrinter } from "../print/use-print.ts";
import { giftAddress, newReceiptToken } from "../receipt/address.ts";
import { numbered } from "../receipt/receipt-paper.tsx";
import { receiptQuery } from "../receipt/screen.tsx";
import { t } from "../t.ts";
import { giftRows, givenAmount, mayBeGiven, type GivenLine } from "./gift-rows.ts";
import paper from "../receipt/receipt.module.css";
import styles from "./gift.module.css";

/** A receipt without prices, for all of a sale or for one present of it. One sale may have several. */
export function GiftScreen({ id }: { readonly id: string }) {
  // The number of a sale that this register made by itself comes a moment after it.
  const receipt = useQuery({ ...receiptQuery(id), refetchOnMount: "always" });
  const navigate = useNavigate();
  return (
    <section className={paper.screen} aria-labelledby="gift-title">
      <h1 id="gift-title" className="said">
        {t("till.gift.title")}
      </h1>
      {receipt.isPending ? <ScreenSkeleton /> : null}
      {receipt.isError ? <ProblemNote error={receipt.error} onRetry={receipt.refetch} /> : null}
      {receipt.data ? <Gift receipt={receipt.data} onDone={() => void navigate({ to: "/" })} /> : null}
    </section>
  );
}

type Given = { readonly address: string; readonly lines: readonly GivenLine[] };

function Gift({ receipt, onDone }: { readonly receipt: ReceiptView; readonly onDone: () => void }) {
  const goods = receipt.lines.filter(mayBeGiven);
  const [left, setLeft] = useState<readonly string[]>([]);
  const chosen = goods.filter(({ orderLineId }) => !left.includes(orderLineId));
  const give = useMutation({
    mutationFn: async (): Promise<Given> => {
      const token = newReceiptToken();
      const lineIds = chosen.length === goods.length ? null : chosen.map(({ orderLineId }) => orderLineId);
      // Kept first, as everything that a till does: printed is what the hub will know of, with or without a network.
      await registerOutbox().keep("receipt.gift", { orderId: receipt.orderId, token, lineIds });
      return { address: giftAddress(token), lines: chosen };
    },
  });
  if (receipt.training || goods.length === 0) return <EmptyState title={t(receipt.training ? "till.gift.training" : "till.gift.none")} />;
  if (give.data) return <GivenGift receipt={receipt} given={give.data} onAgain={() => give.reset()} onDone={onDone} />;
  return (
    <>
      <p>{t("till.gift.choose")}</p>
      <fieldset className={styles.lines}>
        <legend className="said">{t("till.receipt.lines")}</legend>
        {goods.map((line) => (
          <label key={line.orderLineId}>
            <input
              type="checkbox"
              checked={!left.includes(line.orderLineId)}
              onChange={({ target }) =>
                setLeft(target.checked ? left.filter((id) => id !== line.orderLineId) : [...left, line.orderLineId])
              }
            />
            <span>
              {givenAmount(line)} {line.name}
              {line.options.length > 0 ? <small>{line.options.join(", ")}</small> : null}
            </span>
          </label>
        ))}
      </fieldset>
      {give.error ? <ProblemNote error={give.error} /> : null}
      <div className={paper.actions}>
        <Button onClick={onDone}>{t("till.paid.next")}</Button>
        <Button kind="primary" busy={give.isPending} disabled={chosen.length === 0} onClick={() => give.mutate()}>
          {t("till.gift.make")}
        </Button>
      </div>
    </>
  );
}

type GivenProps = { readonly receipt: ReceiptView; readonly given: Given; readonly onAgain: () => void; readonly onDone: () => void };

function GivenGift({ receipt, given, onAgain, onDone }: GivenProps) {
  const { register } = useTill();
  const setup = usePrinter();
  const [isSent, setSent] = useState(false);
  const onPaper = async (): Promise<void> => {
    if (!setup) return print();
    const rows = giftRows(receipt, given.lines, given.address, t);
    await (await printQueue(register.id)).print(newJob({ what: "slip", title: t("till.gift.title"), rows, orderId: receipt.orderId }));
    setSent(true);
  };
  return (
    <>
      <div className={paper.actions}>
        <Button onClick={onDone}>{t("till.paid.next")}</Button>
        <Button onClick={onAgain}>{t("till.gift.another")}</Button>
        <Button kind="primary" onClick={() => void onPaper()}>
          {t("till.receipt.print")}
        </Button>
      </div>
      {isSent ? <p role="status">{t("till.print.sent")}</p> : null}
      <GiftPaper receipt={receipt} given={given} />
    </>
  );
}

function GiftPaper({ receipt: { place, number, at, timeZone }, given: { address, lines } }: Pick<GivenProps, "receipt" | "given">) {
  return (
    <article className={paper.paper}>
      <header>
        <strong>{t("till.gift.title")}</strong>
        <span>{place.name}</span>
        <span>{place.address}</span>
      </header>
      <p className={paper.meta}>
        <span>{number}</span>
        <time dateTime={at}>{formatDate(at, { timeZone })}</time>
      </p>
      <ul className={styles.given}>
        {numbered(lines).map(({ n, ...line }) => (
          <li key={n}>
            {givenAmount(line)} {line.name}
            {line.options.length > 0 ? <small>{line.options.join(", ")}</small> : null}
          </li>
        ))}
      </ul>
      <footer>
        <span className={styles.code}>
          <QrCode text={address} label={t("till.gift.qr")} size={160} />
        </span>
        <span>{t("till.gift.text")}</span>
      </footer>
    </article>
  );
}

import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { BodyOf, ConsentCellView, TillCustomerView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

type Choice = BodyOf<"consent.decide">["choices"][number];

const TOPICS = ["offers", "news"] as const;
const KINDS = ["email", "sms"] as const;
const TONES = { granted: "good", pending: "warn", withdrawn: "bad", none: "plain" } as const;
const NOTHING: readonly Choice[] = [
  { purpose: "marketing", state: "withdrawn" },
  { purpose: "research", state: "withdrawn" },
];

const termsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "terms"],
    queryFn: ({ signal }) => api.ask("consent.read", { params: { id: customerId }, signal }),
    staleTime: 0, // what was said on another channel a second ago is what a cashier reads out
  });

type TermsSheetProps = { readonly customer: TillCustomerView; readonly open: boolean; readonly onClose: () => void };

/** What the customer at the counter says about messages: one tap records a yes or a no, with how it was said as its proof. */
export function TermsSheet({ customer, open, onClose }: TermsSheetProps) {
  return (
    <Sheet open={open} onClose={onClose} title={t("till.terms.title")}>
      <Terms customerId={customer.customerId} />
    </Sheet>
  );
}

function Terms({ customerId }: { readonly customerId: string }) {
  const terms = useQuery(termsQuery(customerId));
  const say = useMutation({
    mutationFn: (choices: readonly Choice[]) =>
      api.ask("consent.decide", {
        params: { id: customerId },
        body: {
          choices: [...choices],
          wordingVersion: terms.data?.wordingVersion ?? "",
          language: currentLocale(),
          proof: { how: "in_person", note: t("till.terms.proof") },
        },
      }),
    onSuccess: (answer) => void api.queries.setQueryData(termsQuery(customerId).queryKey, answer),
    onError: (error) => showToast(problemText(error)),
  });
  if (terms.isPending) return <Skeleton height="16rem" />;
  if (terms.isError) return <ProblemNote error={terms.error} onRetry={terms.refetch} />;
  const asked = TOPICS.flatMap((topic) =>
    KINDS.flatMap((kind) => terms.data.cells.filter((cell) => cell.topic === topic && cell.channelKind === kind)),
  );
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{t("till.terms.ask")}</p>
      <ul className={styles.terms}>
        {asked.map((cell) => (
          <Asked
            key={`${cell.topic} ${cell.channelKind}`}
            cell={cell}
            isBusy={say.isPending}
            onSay={(state) => say.mutate([{ purpose: cell.purpose, topic: cell.topic, channelKind: cell.channelKind, state }])}
          />
        ))}
      </ul>
      <Button busy={say.isPending} onClick={() => say.mutate(NOTHING)}>
        {t("till.terms.nothing")}
      </Button>
    </div>
  );
}

type AskedProps = {
  readonly cell: ConsentCellView;
  readonly isBusy: boolean;
  readonly onSay: (state: "granted" | "withdrawn") => void;
};

function Asked({ cell: { topic, channelKind, state }, isBusy, onSay }: AskedProps) {
  const about = t(channelKind === "email" ? "till.terms.by_email" : "till.terms.by_sms", {
    topic: t(topic === "offers" ? "till.terms.offers" : "till.terms.news"),
  });
  const isYes = state === "granted" || state === "pending";
  return (
    <li>
      <span>
        {about} <Badge tone={TONES[state]}>{t(`till.terms.state.${state}`)}</Badge>
      </span>
      <span className={styles.pair} role="group" aria-label={about}>
        <Button busy={isBusy} aria-pressed={isYes} onClick={() => onSay("granted")}>
          {t("till.terms.yes")}
        </Button>
        <Button busy={isBusy} aria-pressed={state === "withdrawn"} onClick={() => onSay("withdrawn")}>
          {t("till.terms.no")}
        </Button>
      </span>
    </li>
  );
}

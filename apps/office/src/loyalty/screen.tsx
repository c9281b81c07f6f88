import { useQuery } from "@tanstack/react-query";
import type { BonusTermsView, LoyaltyPartnerView, LoyaltyProgramView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Figure, Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { BonusForm } from "./bonus-form.tsx";
import { Bonuses } from "./bonuses.tsx";
import { Deferred } from "./deferred.tsx";
import { FurtherTerms, TermsForm } from "./further-terms.tsx";
import { PartnerBeside } from "./partner-beside.tsx";
import { PartnerForm } from "./partner-form.tsx";
import { Partners } from "./partners.tsx";
import { PlannedVersion } from "./plan.tsx";
import { PlanContext } from "./plan-context.ts";
import { partnersQuery, programQuery } from "./program-query.ts";
import { RewardForm } from "./reward-form.tsx";
import { Rewards } from "./rewards.tsx";
import { EarnTerms, ExpiryTerms } from "./terms.tsx";
import { Tiers, TiersForm } from "./tiers.tsx";
import styles from "./loyalty.module.css";

/** The loyalty program: how points are earned, how long they last, what they buy, and what is owed to members. */
export function LoyaltyScreen() {
  const program = useQuery(programQuery);
  const may = useMay();
  const [beside, setBeside] = useState<BesideOf>(null);
  const [draft, setDraft] = useState<readonly BonusTermsView[] | null>(null);
  const [isPlanShown, setPlanShown] = useState(false);
  if (program.isPending) return <ScreenSkeleton />;
  if (program.isError) return <ProblemNote error={program.error} onRetry={program.refetch} />;
  const close = (): void => setBeside(null);
  const { planned } = program.data;
  const inForce = program.data.earnRules[0]?.version ?? 0;
  const isPlan = isPlanShown && planned !== null;
  // What is planned is looked at and changed by the same forms as what holds now.
  const shown = isPlan ? { ...program.data, earnRules: [planned] } : program.data;
  const show = (plan: boolean): void => {
    setPlanShown(plan);
    setDraft(null);
    close();
  };
  return (
    <PlanContext value={isPlan ? { inForce, planned } : null}>
      <Page title={t("office.nav.loyalty")} beside={besideOf(beside, { program: shown, draft, setDraft, close })}>
        <div className={styles.figures}>
          <Figure label={t("office.loyalty.members")} value={formatNumber(program.data.members)} />
          <Figure label={t("office.loyalty.open")} value={formatNumber(total(program.data, "open"))} note={t("office.loyalty.open_note")} />
          <Figure label={t("office.loyalty.expiring")} value={formatNumber(total(program.data, "expiringIn90Days"))} />
          <Figure label={t("office.loyalty.redeemed")} value={formatNumber(total(program.data, "redeemed"))} />
        </div>
        <Rewards
          rewards={program.data.rewards}
          asOf={program.data.asOf}
          onAdd={may("loyalty.createReward") ? () => setBeside({ kind: "reward" }) : undefined}
        />
        <PlannedVersion program={program.data} isShown={isPlan} onShow={show} />
        <Bonuses program={shown} draft={draft} onDraft={setDraft} onEdit={(bonus) => setBeside({ kind: "bonus", bonus })} />
        <Tiers program={shown} onEdit={() => setBeside({ kind: "tiers" })} />
        <FurtherTerms program={shown} onEdit={() => setBeside({ kind: "terms" })} />
        <div className={styles.terms}>
          <EarnTerms key={isPlan ? "planned" : "now"} program={shown} />
          <ExpiryTerms policies={program.data.expiryPolicies} />
        </div>
        {may("loyalty.partners") ? <Partners onOpen={(partner) => setBeside({ kind: "partner", id: partner?.id })} /> : null}
        <Liability books={program.data.liability} />
        {may("loyalty.liability") ? <Deferred /> : null}
      </Page>
    </PlanContext>
  );
}

/** What is open beside the program; `bonus` and `id` undefined are another one. */
type BesideOf =
  | { readonly kind: "reward" | "tiers" | "terms" }
  | { readonly kind: "bonus"; readonly bonus: BonusTermsView | undefined }
  | { readonly kind: "partner"; readonly id: LoyaltyPartnerView["id"] | undefined }
  | null;

type Open = {
  readonly program: LoyaltyProgramView;
  readonly draft: readonly BonusTermsView[] | null;
  readonly setDraft: (draft: readonly BonusTermsView[]) => void;
  readonly close: () => void;
};

function besideOf(beside: BesideOf, { program, draft, setDraft, close }: Open) {
  if (beside?.kind === "reward") return <RewardForm onClose={close} />;
  if (beside?.kind === "tiers") return <TiersForm program={program} onClose={close} />;
  if (beside?.kind === "terms") return <TermsForm program={program} onClose={close} />;
  if (beside?.kind === "partner") return <PartnerOpen key={beside.id ?? "new"} id={beside.id} onClose={close} />;
  if (beside?.kind !== "bonus") return null;
  const bonuses = draft ?? program.earnRules[0]?.bonuses ?? [];
  const put = (bonus: BonusTermsView): void => {
    const isNew = !bonuses.some(({ id }) => id === bonus.id);
    setDraft(isNew ? [...bonuses, bonus] : bonuses.map((other) => (other.id === bonus.id ? bonus : other)));
    close();
  };
  const currency = program.earnRules[0]?.currency ?? "EUR";
  return <BonusForm key={beside.bonus?.id ?? "new"} bonus={beside.bonus} currency={currency} onDone={put} onClose={close} />;
}

function PartnerOpen({ id, onClose }: { readonly id: string | undefined; readonly onClose: () => void }) {
  const partners = useQuery(partnersQuery);
  const partner = partners.data?.items.find((one) => one.id === id);
  return partner ? <PartnerBeside partner={partner} onClose={onClose} /> : <PartnerForm onClose={onClose} />;
}

function total({ liability }: LoyaltyProgramView, field: "open" | "expiringIn90Days" | "redeemed"): number {
  return liability.reduce((sum, books) => sum + books[field], 0);
}

const COLUMNS = ["open", "issued", "redeemed", "expired", "owedByMembers", "lost"] as const;

/** Points in the books of each legal entity: what it owes to members, and what became of what it issued. */
function Liability({ books }: { readonly books: LoyaltyProgramView["liability"] }) {
  if (books.length === 0) return null;
  return (
    <Section title={t("office.loyalty.liability")}>
      <div className={styles.scroll}>
        <table className={styles.books}>
          <thead>
            <tr>
              <th scope="col">{t("office.loyalty.entity")}</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`office.loyalty.books.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {books.map((entity) => (
              <tr key={entity.entityId}>
                <th scope="row">{entity.entityName}</th>
                {COLUMNS.map((column) => (
                  <td key={column}>{formatNumber(entity[column])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

import { Button, Checkbox } from "@mantine/core";
import type { LoyaltyProgramView, LoyaltyTermsView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState, type ReactNode } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { WholeNumber } from "../common/whole-number.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { PointsRow } from "./points-row.tsx";
import { useSaving } from "./plan-context.ts";
import { PROGRAM_KEY } from "./program-query.ts";
import styles from "./loyalty.module.css";

type Program = { readonly program: LoyaltyProgramView };

/** What members may do with points besides rewards: pay, bring others, give points away, share a purse. */
export function FurtherTerms({ program, onEdit }: Program & { readonly onEdit: () => void }) {
  const may = useMay();
  const [now] = program.earnRules;
  const says = now ? termsText(now.terms, now.currency) : [];
  return (
    <Section
      title={t("office.loyalty.terms")}
      actions={
        may("loyalty.setTerms") && now ? (
          <Button variant="default" onClick={onEdit}>
            {t("office.loyalty.edit_terms")}
          </Button>
        ) : undefined
      }
    >
      {says.length === 0 ? <p className={styles.quiet}>{t("office.loyalty.no_terms")}</p> : null}
      {says.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Section>
  );
}

function termsText({ paying, referral, transfers, pools, watch }: LoyaltyTermsView, currency: string): string[] {
  const money = (amount: number) => formatMoney({ amount, currency });
  return [
    ...(paying
      ? [
          t("office.loyalty.paying_say", {
            points: formatNumber(paying.points),
            count: paying.points,
            amount: money(paying.minorUnits),
            minimum: formatNumber(paying.minimum),
            percent: formatNumber(paying.maxPercent / 100, { style: "percent" }),
          }),
        ]
      : []),
    ...(referral
      ? [
          t("office.loyalty.referral_say", {
            referrer: formatNumber(referral.referrerPoints),
            friend: formatNumber(referral.friendPoints),
            minimum: money(referral.minimum),
            count: referral.perYear,
          }),
        ]
      : []),
    ...(transfers
      ? [t("office.loyalty.transfers_say", { minimum: formatNumber(transfers.minimum), most: formatNumber(transfers.perMonth) })]
      : []),
    ...(pools ? [t("office.loyalty.pools_say", { count: pools.members })] : []),
    ...(watch
      ? [
          t("office.loyalty.watch_say", {
            sales: formatNumber(watch.salesPerDay),
            grants: formatNumber(watch.grantsPerMonth),
            returns: formatNumber(watch.returnsPerQuarter),
          }),
        ]
      : []),
  ];
}

/** What each of them begins with when it is turned on. */
const FIRST = {
  paying: { points: 100, minorUnits: 100, minimum: 100, maxPercent: 50 },
  referral: { referrerPoints: 50, friendPoints: 50, minimum: 1000, perYear: 10 },
  transfers: { minimum: 10, perMonth: 500 },
  pools: { members: 6 },
  watch: { salesPerDay: 8, grantsPerMonth: 4, returnsPerQuarter: 6 },
} as const satisfies LoyaltyTermsView;

export function TermsForm({ program, onClose }: Program & { readonly onClose: () => void }) {
  const [now] = program.earnRules;
  const saving = useSaving();
  const [draft, setDraft] = useState<LoyaltyTermsView>(
    now?.terms ?? { paying: null, referral: null, transfers: null, pools: null, watch: null },
  );
  const change = (part: Partial<LoyaltyTermsView>): void => setDraft({ ...draft, ...part });
  const save = useAct(
    (terms: LoyaltyTermsView) => saving({ terms }, () => api.ask("loyalty.setTerms", { body: { version: now?.version ?? 0, terms } })),
    [PROGRAM_KEY],
  );
  const isTooSmall = draft.transfers !== null && draft.transfers.minimum > draft.transfers.perMonth;
  return (
    <Beside title={t("office.loyalty.edit_terms")} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.act(draft, () => {
            showToast(t("office.saved"));
            onClose();
          });
        }}
      >
        <Offer of="paying" draft={draft} change={change}>
          {draft.paying ? (
            <PayFields terms={draft.paying} currency={now?.currency ?? "EUR"} onChange={(paying) => change({ paying })} />
          ) : null}
        </Offer>
        <Offer of="referral" draft={draft} change={change}>
          {draft.referral ? (
            <ReferralFields terms={draft.referral} currency={now?.currency ?? "EUR"} onChange={(referral) => change({ referral })} />
          ) : null}
        </Offer>
        <Offer of="transfers" draft={draft} change={change}>
          {draft.transfers ? <TransferFields terms={draft.transfers} onChange={(transfers) => change({ transfers })} /> : null}
        </Offer>
        <Offer of="pools" draft={draft} change={change}>
          {draft.pools ? (
            <WholeNumber
              required
              min={2}
              max={50}
              label={t("office.loyalty.pool_members")}
              value={draft.pools.members}
              onChange={(members) => change({ pools: { members } })}
            />
          ) : null}
        </Offer>
        <Offer of="watch" draft={draft} change={change}>
          {draft.watch ? <WatchFields terms={draft.watch} onChange={(watch) => change({ watch })} /> : null}
        </Offer>
        <p role="alert" className={form.error}>
          {save.error ? problemText(save.error) : isTooSmall ? t("office.loyalty.transfers_rise") : null}
        </p>
        <Button type="submit" loading={save.isPending} disabled={isTooSmall}>
          {t("office.loyalty.publish")}
        </Button>
      </form>
    </Beside>
  );
}

type OfferProps = {
  readonly of: keyof LoyaltyTermsView;
  readonly draft: LoyaltyTermsView;
  readonly change: (part: Partial<LoyaltyTermsView>) => void;
  readonly children: ReactNode;
};

/** One thing that members may do, with its terms where it is offered. */
function Offer({ of, draft, change, children }: OfferProps) {
  return (
    <Part title={t(`office.loyalty.terms.${of}`)}>
      <div className={form.form}>
        <Checkbox
          label={t(`office.loyalty.offer.${of}`)}
          checked={draft[of] !== null}
          onChange={({ currentTarget }) => change({ [of]: currentTarget.checked ? FIRST[of] : null })}
        />
        {children}
      </div>
    </Part>
  );
}

type Fields<Of extends keyof LoyaltyTermsView> = {
  readonly terms: NonNullable<LoyaltyTermsView[Of]>;
  readonly onChange: (terms: NonNullable<LoyaltyTermsView[Of]>) => void;
};

function PayFields({ terms, currency, onChange }: Fields<"paying"> & { readonly currency: string }) {
  return (
    <>
      <PointsRow
        points={terms.points}
        mostPoints={100_000}
        amount={terms.minorUnits}
        amountLabel={t("office.loyalty.pay_amount")}
        currency={currency}
        onPoints={(points) => onChange({ ...terms, points })}
        onAmount={(minorUnits) => onChange({ ...terms, minorUnits })}
      />
      <div className={form.row}>
        <WholeNumber
          required
          min={1}
          max={1_000_000}
          label={t("office.loyalty.pay_minimum")}
          value={terms.minimum}
          onChange={(minimum) => onChange({ ...terms, minimum })}
        />
        <WholeNumber
          required
          min={1}
          max={100}
          label={t("office.loyalty.pay_share")}
          value={terms.maxPercent}
          onChange={(maxPercent) => onChange({ ...terms, maxPercent })}
        />
      </div>
    </>
  );
}

function ReferralFields({ terms, currency, onChange }: Fields<"referral"> & { readonly currency: string }) {
  return (
    <>
      <div className={form.row}>
        <WholeNumber
          required
          min={1}
          max={100_000}
          label={t("office.loyalty.referrer_points")}
          value={terms.referrerPoints}
          onChange={(referrerPoints) => onChange({ ...terms, referrerPoints })}
        />
        <WholeNumber
          required
          min={1}
          max={100_000}
          label={t("office.loyalty.friend_points")}
          value={terms.friendPoints}
          onChange={(friendPoints) => onChange({ ...terms, friendPoints })}
        />
      </div>
      <div className={form.row}>
        <MoneyInput
          min={0}
          label={t("office.loyalty.referral_minimum")}
          currency={currency}
          value={terms.minimum}
          onChange={(minimum) => onChange({ ...terms, minimum: minimum ?? 0 })}
        />
        <WholeNumber
          required
          min={1}
          max={1000}
          label={t("office.loyalty.referral_year")}
          value={terms.perYear}
          onChange={(perYear) => onChange({ ...terms, perYear })}
        />
      </div>
    </>
  );
}

function TransferFields({ terms, onChange }: Fields<"transfers">) {
  return (
    <div className={form.row}>
      <WholeNumber
        required
        min={1}
        max={1_000_000}
        label={t("office.loyalty.transfer_minimum")}
        value={terms.minimum}
        onChange={(minimum) => onChange({ ...terms, minimum })}
      />
      <WholeNumber
        required
        min={1}
        max={10_000_000}
        label={t("office.loyalty.transfer_month")}
        value={terms.perMonth}
        onChange={(perMonth) => onChange({ ...terms, perMonth })}
      />
    </div>
  );
}

function WatchFields({ terms, onChange }: Fields<"watch">) {
  return (
    <>
      {(["salesPerDay", "grantsPerMonth", "returnsPerQuarter"] as const).map((field) => (
        <WholeNumber
          key={field}
          required
          min={field === "grantsPerMonth" ? 1 : 2}
          max={1000}
          label={t(`office.loyalty.watch.${field}`)}
          value={terms[field]}
          onChange={(value) => onChange({ ...terms, [field]: value })}
        />
      ))}
    </>
  );
}

import { Button, TextInput } from "@mantine/core";
import type { BodyOf, LoyaltyProgramView } from "@weft/contracts/client";
import { formatDate, formatList } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { planBody } from "./plan-context.ts";
import { PROGRAM_KEY } from "./program-query.ts";
import { earnText } from "./terms.tsx";
import styles from "./loyalty.module.css";

type Version = LoyaltyProgramView["earnRules"][number];
type Props = {
  readonly program: LoyaltyProgramView;
  /** Whether what is planned is on the screen, instead of what holds now. */
  readonly isShown: boolean;
  readonly onShow: (isShown: boolean) => void;
};

/** A whole version of the program for a day to come: it is made as a copy of the one in force, changed by the same forms, and undone before its day. */
export function PlannedVersion({ program, isShown, onShow }: Props) {
  const may = useMay();
  const [now] = program.earnRules;
  const { planned } = program;
  const withdraw = useAct(() => api.ask("loyalty.withdrawPlan", {}), [PROGRAM_KEY]);
  if (!now || (!planned && !may("loyalty.planProgram"))) return null;
  return (
    <Section title={t("office.loyalty.plan")}>
      {planned ? (
        <>
          <p>{t("office.loyalty.plan_say", { day: dayText(planned.beginsOn), what: formatList(differences(now, planned)) })}</p>
          <p className={styles.quiet}>{t("office.loyalty.plan_note")}</p>
          {may("loyalty.planProgram") ? (
            <div className={styles.publish}>
              <Button variant={isShown ? "filled" : "default"} onClick={() => onShow(!isShown)}>
                {isShown ? t("office.loyalty.plan_back") : t("office.loyalty.plan_edit")}
              </Button>
              <Button
                variant="subtle"
                loading={withdraw.isPending}
                onClick={() =>
                  withdraw.act(undefined, () => {
                    onShow(false);
                    showToast(t("office.loyalty.plan_undone"));
                  })
                }
              >
                {t("office.loyalty.plan_undo")}
              </Button>
            </div>
          ) : null}
        </>
      ) : (
        <NewPlan now={now} onPlanned={() => onShow(true)} />
      )}
    </Section>
  );
}

function NewPlan({ now, onPlanned }: { readonly now: Version; readonly onPlanned: () => void }) {
  const [day, setDay] = useState("");
  const plan = useAct((body: BodyOf<"loyalty.planProgram">) => api.ask("loyalty.planProgram", { body }), [PROGRAM_KEY]);
  return (
    <form
      className={form.row}
      onSubmit={(event) => {
        event.preventDefault();
        plan.act(planBody({ inForce: now.version, planned: now }, day), () => showToast(t("office.saved")), onPlanned);
      }}
    >
      <TextInput
        required
        type="date"
        label={t("office.loyalty.plan_day")}
        description={t("office.loyalty.plan_hint")}
        value={day}
        onChange={({ currentTarget }) => setDay(currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={plan.isPending}>
        {t("office.loyalty.plan_make")}
      </Button>
    </form>
  );
}

/** A day of the calendar, whatever the zone of who reads it. */
const dayText = (day: string): string => formatDate(`${day}T12:00:00Z`);

/** What will be other from the day on. */
function differences(now: Version, planned: Version): string[] {
  const isOther = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
  const before = new Map(now.bonuses.map((bonus) => [bonus.id, bonus]));
  const after = new Set(planned.bonuses.map(({ id }) => id));
  const earns = ({ points, perMinorUnits, pendingDays }: Version) => [points, perMinorUnits, pendingDays];
  const found = [
    ...(isOther(earns(now), earns(planned)) ? [earnText({ ...planned, bonuses: [] })] : []),
    ...planned.bonuses.filter(({ id }) => !before.has(id)).map(({ name }) => t("office.loyalty.plan_new", { name: inLanguage(name) })),
    ...planned.bonuses
      .filter((bonus) => before.has(bonus.id) && isOther(before.get(bonus.id), bonus))
      .map(({ name }) => t("office.loyalty.plan_changed", { name: inLanguage(name) })),
    ...now.bonuses.filter(({ id }) => !after.has(id)).map(({ name }) => t("office.loyalty.plan_gone", { name: inLanguage(name) })),
    ...(isOther(now.tiers, planned.tiers) ? [t("office.loyalty.plan_tiers")] : []),
    ...(isOther(now.terms, planned.terms) ? [t("office.loyalty.plan_terms")] : []),
  ];
  return found.length > 0 ? found : [t("office.loyalty.plan_same")];
}

import { ActionIcon, Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import IconArrowUp from "@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import type { BonusTermsView, LoyaltyProgramView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useContext } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { useNames } from "../promotions/names.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { bonusWords } from "./bonus-words.ts";
import { PlanContext, useSaving } from "./plan-context.ts";
import { PROGRAM_KEY } from "./program-query.ts";
import { Simulation } from "./simulation.tsx";
import styles from "./loyalty.module.css";

type Props = {
  readonly program: LoyaltyProgramView;
  /** What is edited; null: what is in force. */
  readonly draft: readonly BonusTermsView[] | null;
  readonly onDraft: (draft: readonly BonusTermsView[] | null) => void;
  readonly onEdit: (bonus: BonusTermsView | undefined) => void;
};

/** What sales earn besides the points of their amount: edited as a draft, tried on the sales of the last month, and published as a new version. */
export function Bonuses({ program, draft, onDraft, onEdit }: Props) {
  const may = useMay();
  const nameOf = useNames();
  const saving = useSaving();
  const plan = useContext(PlanContext);
  const [now] = program.earnRules;
  const save = useAct(
    (bonuses: BonusTermsView[]) =>
      saving({ bonuses }, () => api.ask("loyalty.setBonuses", { body: { version: now?.version ?? 0, bonuses } })),
    [PROGRAM_KEY],
  );
  const trial = useMutation({
    mutationFn: (bonuses: BonusTermsView[]) =>
      api.ask("loyalty.simulate", { body: { points: now?.points ?? 1, perMinorUnits: now?.perMinorUnits ?? 100, bonuses } }),
  });
  if (!now) return null;
  const bonuses = draft ?? now.bonuses;
  const put = (next: readonly BonusTermsView[]): void => {
    trial.reset();
    onDraft(next);
  };
  const mayEdit = may("loyalty.setBonuses");
  return (
    <Section
      title={t("office.loyalty.bonuses")}
      actions={mayEdit ? <Button onClick={() => onEdit(undefined)}>{t("office.loyalty.add_bonus")}</Button> : undefined}
    >
      {bonuses.length === 0 ? <p className={styles.quiet}>{t("office.loyalty.no_bonuses")}</p> : null}
      <ol className={styles.rewards}>
        {bonuses.map((bonus, index) => (
          <li key={bonus.id}>
            <span>
              <strong>{inLanguage(bonus.name)}</strong>
              <small>{bonusWords(bonus, now.currency, nameOf).join(" · ")}</small>
            </span>
            {mayEdit ? (
              <>
                <ActionIcon
                  aria-label={t("office.loyalty.earlier", { name: inLanguage(bonus.name) })}
                  disabled={index === 0}
                  onClick={() =>
                    put([...bonuses.slice(0, index - 1), bonus, ...bonuses.slice(index - 1).filter((other) => other !== bonus)])
                  }
                >
                  <IconArrowUp size={18} stroke={1.75} aria-hidden />
                </ActionIcon>
                <Button size="xs" variant="default" onClick={() => onEdit(bonus)}>
                  {t("office.loyalty.change_bonus")}
                </Button>
                <ActionIcon
                  aria-label={t("office.loyalty.remove_bonus", { name: inLanguage(bonus.name) })}
                  onClick={() => put(bonuses.filter((other) => other !== bonus))}
                >
                  <IconTrash size={18} stroke={1.75} aria-hidden />
                </ActionIcon>
              </>
            ) : null}
          </li>
        ))}
      </ol>
      {mayEdit && (draft || bonuses.length > 0) ? (
        <div className={styles.publish}>
          {draft ? <p>{t("office.loyalty.draft_note")}</p> : null}
          <p role="alert" className={form.error}>
            {save.error ? problemText(save.error) : trial.error ? problemText(trial.error) : null}
          </p>
          <Button variant="default" loading={trial.isPending} onClick={() => trial.mutate([...bonuses])}>
            {t("office.loyalty.simulate")}
          </Button>
          {draft ? (
            <>
              <Button
                loading={save.isPending}
                onClick={() =>
                  save.act([...draft], () => {
                    onDraft(null);
                    showToast(t("office.saved"));
                  })
                }
              >
                {plan ? t("office.loyalty.into_plan") : t("office.loyalty.publish")}
              </Button>
              <Button variant="subtle" onClick={() => onDraft(null)}>
                {t("office.loyalty.discard")}
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
      {trial.data ? <Simulation result={trial.data} tiers={now.tiers?.tiers ?? []} /> : null}
    </Section>
  );
}

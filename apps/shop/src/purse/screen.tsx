import { useMutation, useQuery } from "@tanstack/react-query";
import type { PointsPoolView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { sessionQuery } from "../customer/session.ts";
import { Link, navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";
import { Invite } from "./invite.tsx";
import { purseQuery } from "./purse-query.ts";
import styles from "./purse.module.css";

/** The purse that a family or a business shares: who is in it, who may spend, and what there is. */
export function PurseScreen() {
  const session = useQuery(sessionQuery);
  const customerId = session.data?.customer?.customerId;
  const purse = useQuery({ ...purseQuery(customerId ?? ""), enabled: customerId !== undefined });
  if (session.isPending || (customerId !== undefined && purse.isPending)) return <ScreenSkeleton />;
  if (customerId === undefined)
    return (
      <EmptyState heading="h1" title={t("shop.card.none")} text={t("shop.card.none_hint")}>
        <Link to={`${pathTo("signIn")}?next=${pathTo("purse")}`}>{t("shop.card.get")}</Link>
      </EmptyState>
    );
  if (purse.isError) return <ProblemNote error={purse.error} onRetry={purse.refetch} />;
  return purse.data ? <Purse purse={purse.data} /> : <Opening />;
}

/** Everything else of the customer shows the purse, too. */
const reread = () => api.queries.invalidateQueries({ queryKey: ["customer"] });

function Opening() {
  const [kind, setKind] = useState<PointsPoolView["kind"]>("family");
  const [name, setName] = useState("");
  const open = useMutation({
    mutationFn: () => api.ask("loyalty.openPool", { params: { id: "me" }, body: { kind, name: name.trim() } }),
    onSuccess: reread,
  });
  return (
    <Narrow title={t("shop.purse.begin")} intro={t("shop.purse.explain")}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate();
        }}
      >
        <fieldset className={styles.kinds}>
          <legend>{t("shop.purse.kind")}</legend>
          {(["family", "business"] as const).map((one) => (
            <label key={one}>
              <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
              {t(`shop.purse.kind.${one}`)}
            </label>
          ))}
        </fieldset>
        <Field
          required
          label={t("shop.purse.name")}
          maxLength={60}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        {open.error ? <ProblemNote error={open.error} /> : null}
        <Button kind="primary" wide type="submit" busy={open.isPending} disabled={name.trim() === ""}>
          {t("shop.purse.open")}
        </Button>
      </form>
    </Narrow>
  );
}

function Purse({ purse }: { readonly purse: PointsPoolView }) {
  const leave = useMutation({
    mutationFn: (memberId: string) => api.ask("loyalty.leavePool", { params: { id: "me", memberId } }),
    onSuccess: async ({ pool }) => {
      await reread();
      if (!pool) navigate(pathTo("card"), { replace: true });
    },
  });
  const allow = useMutation({
    mutationFn: ({ id, maySpend }: { readonly id: string; readonly maySpend: boolean }) =>
      api.ask("loyalty.setPoolMember", { params: { id: "me", memberId: id }, body: { maySpend } }),
    onSuccess: reread,
  });
  const error = leave.error ?? allow.error;
  return (
    <Narrow title={purse.name} intro={t(`shop.purse.intro.${purse.kind}`)}>
      <p className={styles.points}>
        <output aria-live="polite">{formatNumber(purse.points)}</output> {t("shop.card.points", { count: purse.points })}
      </p>
      {purse.maySpend ? null : <p className={styles.quiet}>{t("shop.sharing.may_not_spend")}</p>}
      <ul className={styles.members}>
        {purse.members.map((member) => (
          <li key={member.id}>
            <span>
              <strong>{member.isYou ? t("shop.purse.you") : (member.name ?? t("shop.purse.somebody"))}</strong>
              <small>
                {t("shop.purse.brought", { points: formatNumber(member.points), count: member.points })}
                {member.isOwner ? ` · ${t("shop.purse.owner")}` : null}
                {member.maySpend ? null : ` · ${t("shop.purse.saves_only")}`}
              </small>
            </span>
            {purse.isOwner && !member.isOwner ? (
              <label className={styles.allow}>
                <input
                  type="checkbox"
                  checked={member.maySpend}
                  onChange={() => allow.mutate({ id: member.id, maySpend: !member.maySpend })}
                />
                {t("shop.purse.may_spend")}
              </label>
            ) : null}
            {member.isYou || purse.isOwner ? (
              <Button kind="quiet" busy={leave.isPending && leave.variables === member.id} onClick={() => leave.mutate(member.id)}>
                {t(member.isYou ? "shop.purse.leave" : "shop.purse.take_out")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {error ? <ProblemNote error={error} /> : null}
      {purse.isOwner && purse.members.length < purse.room ? <Invite /> : null}
      <p className={styles.quiet}>{t("shop.purse.leave_note")}</p>
    </Narrow>
  );
}

import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { LinkTermsView } from "@weft/contracts/client";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import type { ScreenProps } from "../router/route.ts";
import me from "../me/me.module.css";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";
import { AgreedParts } from "./agreed.tsx";
import type { TermsChoice, Wishes } from "./terms.ts";

const linkQuery = (token: string) =>
  queryOptions({ queryKey: ["terms", token], queryFn: ({ signal }) => api.ask("consent.readByLink", { params: { token }, signal }) });

type LinkChange = { readonly choices?: readonly TermsChoice[]; readonly wishes?: Wishes; readonly isJoiningAllowed?: boolean };

/** The preference page that a message leads to, without signing in. Opening it changes nothing. */
export function LinkTermsScreen({ params: { token } }: ScreenProps<"/preferences/:token">) {
  const terms = useQuery(linkQuery(token));
  const change = useMutation({
    scope: { id: "wishes" }, // one after the other: the last one said is the one that is kept
    mutationFn: ({ choices = [], wishes = {}, isJoiningAllowed }: LinkChange) =>
      api.ask("consent.changeByLink", {
        params: { token },
        body: {
          ...wishes,
          choices: [...choices],
          ...(isJoiningAllowed !== undefined && { isJoiningAllowed }),
          wordingVersion: terms.data?.wordingVersion ?? "",
          shownIn: currentLocale(),
        },
      }),
    onSuccess: (answer) => void api.queries.setQueryData(linkQuery(token).queryKey, answer),
  });
  return (
    <Narrow title={t("shop.terms.title")} intro={terms.data?.maskedContact ?? t("shop.terms.intro")}>
      {terms.isPending ? <Skeleton height="20rem" /> : null}
      {terms.isError ? <ProblemNote error={terms.error} onRetry={terms.refetch} /> : null}
      {change.error ? <ProblemNote error={change.error} /> : null}
      {terms.data ? (
        <>
          <Joining
            isAllowed={terms.data.isJoiningAllowed}
            isBusy={change.isPending}
            onChange={(isJoiningAllowed) => change.mutate({ isJoiningAllowed })}
          />
          <Unsubscribe terms={terms.data} isBusy={change.isPending} onChoose={(choices) => change.mutate({ choices })} />
          <AgreedParts
            agreed={terms.data}
            isBusy={change.isPending}
            onChoose={(choices) => change.mutate({ choices })}
            onWish={(wishes) => change.mutate({ wishes })}
          />
        </>
      ) : null}
    </Narrow>
  );
}

/** Where a notice told that files are joined: to object with one tap, and to take that back. */
function Joining({
  isAllowed,
  isBusy,
  onChange,
}: {
  readonly isAllowed: boolean | null;
  readonly isBusy: boolean;
  readonly onChange: (isAllowed: boolean) => void;
}) {
  if (isAllowed === null) return null;
  return (
    <section className={me.part} aria-labelledby="terms-joining">
      <h2 id="terms-joining">{t("shop.terms.joining")}</h2>
      <p className={me.quiet}>{t("shop.terms.joining_text")}</p>
      {isAllowed ? null : <p role="status">{t("shop.terms.joining_objected")}</p>}
      <Button kind={isAllowed ? "primary" : "secondary"} wide busy={isBusy} onClick={() => onChange(!isAllowed)}>
        {t(isAllowed ? "shop.terms.joining_object" : "shop.terms.joining_allow")}
      </Button>
    </section>
  );
}

/** The one thing that most come for: no more of this. */
function Unsubscribe({
  terms: { cells, topic, channelKind },
  isBusy,
  onChoose,
}: {
  readonly terms: LinkTermsView;
  readonly isBusy: boolean;
  readonly onChoose: (choices: readonly TermsChoice[]) => void;
}) {
  const cell = cells.find((each) => each.topic === topic && each.channelKind === channelKind);
  if (!cell) return null;
  if (cell.state === "withdrawn") return <p role="status">{t("shop.terms.unsubscribed")}</p>;
  return (
    <Button kind="primary" wide busy={isBusy} onClick={() => onChoose([{ ...nameOf(cell), state: "withdrawn" }])}>
      {t("shop.terms.unsubscribe", { topic: t(`shop.terms.topic.${cell.topic}`) })}
    </Button>
  );
}

const nameOf = ({ purpose, topic, channelKind }: LinkTermsView["cells"][number]) => ({ purpose, topic, channelKind });

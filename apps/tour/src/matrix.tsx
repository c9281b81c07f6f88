import { useMutation, useQuery } from "@tanstack/react-query";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { channelName } from "@weft/ui/kit/channel-icon.tsx";
import type { ChannelKind } from "@weft/contracts/client";
import { seamsQuery } from "./seams.ts";
import type { Level } from "./scenes.ts";
import { FACETS, passagesOf } from "./thread.ts";
import { t } from "./t.ts";
import styles from "./tour.module.css";

/** What happened: the visitor's own passages, what each carried and lost, and the way to the same for a whole chain. */
export function Matrix({ level }: { readonly level: Level }) {
  const seams = useQuery(seamsQuery);
  if (seams.isError) return <ProblemNote error={seams.error} onRetry={seams.refetch} />;
  if (!seams.data) return <Skeleton height="12rem" />;
  const passages = passagesOf(seams.data);
  return (
    <section className={styles.matrix} aria-labelledby="matrix-title">
      <h2 id="matrix-title">{t("tour.seams.title")}</h2>
      <p>{t(`tour.outcome.seams.${level}`)}</p>
      {passages.length === 0 ? <p>{t("tour.seams.none")}</p> : <Table passages={passages} />}
      <ToOffice />
    </section>
  );
}

function Table({ passages }: { readonly passages: ReturnType<typeof passagesOf> }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is to be reached by keys
    <div className={styles.scroll} tabIndex={0} role="region" aria-labelledby="matrix-title">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("tour.seams.passage")}</th>
            {FACETS.map((facet) => (
              <th key={facet} scope="col">
                {t(`tour.facet.${facet}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {passages.map(({ from, to, facets }) => (
            <tr key={`${from} ${to}`}>
              <th scope="row">
                {channelName(from as ChannelKind)} → {channelName(to as ChannelKind)} {/* kinds, as the API answered them */}
              </th>
              {FACETS.map((facet) => (
                <Cell key={facet} count={facets[facet]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ count }: { readonly count: { readonly carried: number; readonly lost: number } | undefined }) {
  if (!count) return <td>–</td>;
  return (
    <td>
      {count.carried > 0 ? <span data-state="carried">{t("tour.seams.carried", { count: count.carried })}</span> : null}
      {count.lost > 0 ? <span data-state="lost">{t("tour.seams.lost", { count: count.lost })}</span> : null}
    </td>
  );
}

/** As Anna, whose office has the figures of all customers. */
function ToOffice() {
  const enter = useMutation({
    mutationFn: async () => {
      const headers = { "content-type": "application/json", "weft-session": "weft_office" };
      const answer = await fetch("/v1/demo-sessions", { method: "POST", headers, body: JSON.stringify({ persona: "anna" }) });
      if (!answer.ok) throw new Error(answer.statusText);
    },
    onSuccess: () => location.assign("/office/insights/continuity"),
  });
  return (
    <Button busy={enter.isPending} onClick={() => enter.mutate()}>
      {t("tour.seams.office")}
    </Button>
  );
}

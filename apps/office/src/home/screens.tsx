import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { placesQuery } from "../common/places.ts";
import { devicesQuery, equipmentQuery, kindOf, troubleOf } from "../devices/query.ts";
import { t } from "../t.ts";
import { Part } from "./part.tsx";
import type { Scope } from "./queries.ts";
import styles from "./home.module.css";

const SHOWN = 6;
/** A screen asks every minute: what is not heard for so long is off, or has no network. */
const OFF_MS = 10 * 60_000;

/** The screens of stores by when they were last heard, the most silent first, and what of a till does not work. Tills have a part of their own. */
export function Screens({ scope }: { readonly scope: Scope }) {
  const tree = useQuery(placesQuery).data;
  const isBelow = (groupId: string | null): boolean =>
    groupId !== null && (groupId === scope.group || isBelow(tree?.groups.find(({ id }) => id === groupId)?.parentId ?? null));
  const isHere = (placeId: string): boolean => {
    if (scope.place !== undefined) return placeId === scope.place;
    return scope.group === undefined || isBelow(tree?.places.find(({ id }) => id === placeId)?.groupId ?? null);
  };
  return (
    <Part
      title={t("office.now.devices")}
      query={useQuery(devicesQuery)}
      height="6rem"
      actions={<Link to="/devices">{t("office.nav.devices")}</Link>}
    >
      {({ items }) => {
        const screens = items.filter(({ kind, placeId }) => kind !== "till" && isHere(placeId));
        const quietest = screens.toSorted((a, b) => (a.lastSeenAt ?? "").localeCompare(b.lastSeenAt ?? ""));
        return (
          <>
            {screens.length === 0 ? <p className={styles.quiet}>{t("office.now.no_screens")}</p> : null}
            <ul className={styles.rows} aria-label={t("office.now.screens")}>
              {quietest.slice(0, SHOWN).map(({ id, kind, name, placeName, lastSeenAt }) => (
                <li key={id}>
                  <span>{name}</span>
                  <span className={styles.where}>{placeName}</span>
                  <Badge tone={isOff(lastSeenAt) ? "warn" : "good"}>
                    {isOff(lastSeenAt) ? t("office.now.screen_off") : t(`office.devices.kind.${kind}`)}
                  </Badge>
                  {lastSeenAt === null ? <span>{t("office.devices.never_heard")}</span> : <TimeAgo at={lastSeenAt} />}
                </li>
              ))}
            </ul>
            <Troubles isHere={isHere} />
          </>
        );
      }}
    </Part>
  );
}

/** Printers, terminals and the like that their till cannot use now, the longest trouble first. */
function Troubles({ isHere }: { readonly isHere: (placeId: string) => boolean }) {
  const { data } = useQuery(equipmentQuery);
  const broken = (data?.items ?? []).filter(({ problem, placeId }) => problem !== null && isHere(placeId));
  return (
    <ul className={styles.rows} aria-label={t("office.devices.equipment")}>
      {broken.slice(0, SHOWN).map(({ registerId, registerName, kind, name, problem, since }) => (
        <li key={`${registerId} ${kind}`}>
          <span className={styles.both}>
            {kindOf({ kind, name })} · {registerName}
          </span>
          <Badge tone="warn">{problem === null ? null : troubleOf(problem)}</Badge>
          <TimeAgo at={since} />
        </li>
      ))}
    </ul>
  );
}

const isOff = (lastSeenAt: string | null): boolean => lastSeenAt === null || Date.now() - Date.parse(lastSeenAt) > OFF_MS;

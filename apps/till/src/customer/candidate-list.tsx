import { queryOptions, useQuery } from "@tanstack/react-query";
import IconShoppingCart from "@tabler/icons-react/dist/esm/icons/IconShoppingCart.mjs";
import IconPackage from "@tabler/icons-react/dist/esm/icons/IconPackage.mjs";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { useOpenCustomer } from "./use-open-customer.ts";
import styles from "./customer.module.css";

/** Shorter words would name half the town. */
const SHORTEST = 3;

const candidatesQuery = (query: string) =>
  queryOptions({
    queryKey: ["candidates", query],
    queryFn: ({ signal }) => api.ask("customers.findAtTill", { query: { query }, signal }),
    enabled: query.length >= SHORTEST,
    // Who has an open cart changes by the second.
    staleTime: 5000,
    retry: false,
  });

/** At most three people who fit, without more than it takes to choose: first name, initial, masked contact. */
export function CandidateList({
  query,
  onOpened,
  isAlone = false,
}: {
  readonly query: string;
  /** With what they were found by: by now something else may be typed. */
  readonly onOpened: (query: string) => void;
  /** Nothing else is searched: say so when nobody is found. */ readonly isAlone?: boolean;
}) {
  const found = useQuery(candidatesQuery(query));
  const open = useOpenCustomer();
  if (query.length < SHORTEST) return isAlone ? <p className={styles.hint}>{t("till.customer.hint")}</p> : null;
  if (found.isError && isAlone) return <ProblemNote error={found.error} onRetry={found.refetch} />;
  if (!found.data) return isAlone ? <p className={styles.hint}>{t("ui.loading")}</p> : null;
  const { candidates, tooMany } = found.data;
  if (tooMany) return <p className={styles.hint}>{t("till.customer.too_many")}</p>;
  if (candidates.length === 0) return isAlone ? <p className={styles.hint}>{t("till.customer.none")}</p> : null;
  return (
    <ul className={styles.candidates} aria-label={t("till.customer.candidates")}>
      {candidates.map(({ customerId, givenName, familyInitial, maskedContact, hasOpenCart, hasCollection }) => (
        <li key={customerId}>
          <button
            type="button"
            data-tour="candidate"
            disabled={open.isPending}
            onClick={() => open.mutate({ customerId, shown: query }, { onSuccess: () => onOpened(query) })}
          >
            <IconUser aria-hidden />
            <span>
              <strong>{nameOf(givenName, familyInitial)}</strong>
              <small>{maskedContact ?? ""}</small>
            </span>
            <span className={styles.marks}>
              {hasOpenCart ? (
                <span>
                  <IconShoppingCart size={18} aria-hidden /> {t("till.customer.has_cart")}
                </span>
              ) : null}
              {hasCollection ? (
                <span>
                  <IconPackage size={18} aria-hidden /> {t("till.customer.has_collection")}
                </span>
              ) : null}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function nameOf(givenName: string | null, familyInitial: string | null): string {
  const name = [givenName, familyInitial === null ? null : `${familyInitial.replace(/\.$/, "")}.`].filter(Boolean).join(" ");
  return name === "" ? t("till.customer.nameless") : name;
}

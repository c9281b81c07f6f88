import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { companiesOfQuery } from "../companies/queries.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

/** The companies that the person belongs to, and for which of them they order; left out for who belongs to none. */
export function CompaniesOf({ customerId }: { readonly customerId: string }) {
  const companies = useQuery(companiesOfQuery(customerId)).data?.items ?? [];
  if (companies.length === 0) return null;
  return (
    <Section title={t("office.company.of_customer")}>
      <ul className={styles.lines}>
        {companies.map(({ id, name, role, membership, mayOrder }) => (
          <li key={id}>
            <span>
              <Link to="/companies/$id" params={{ id }}>
                {name}
              </Link>{" "}
              {membership === "suggested" ? <Badge tone="warn">{t("office.company.suggested_person")}</Badge> : null}
            </span>
            <span>
              {[t(`office.company.role.${role}`), t(mayOrder ? "office.company.may_order" : "office.company.no_order")].join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

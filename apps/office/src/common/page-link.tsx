import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { pageAt } from "../frame/pages.ts";
import { useMay } from "../session/session.ts";
import type { RowLink } from "./data-table.tsx";

/** The way to another page of the office, for whom that page is open; to anybody else just what it says. */
export function PageLink({ to, params, search, children }: RowLink & { readonly children: ReactNode }) {
  const may = useMay();
  const page = pageAt(to);
  if (page && !may(page.needs)) return <>{children}</>;
  return (
    <Link to={to} {...(params && { params })} {...(search && { search })}>
      {children}
    </Link>
  );
}

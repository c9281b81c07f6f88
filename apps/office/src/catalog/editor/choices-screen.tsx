import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import form from "../../common/form.module.css";
import { placesQuery } from "../../common/places.ts";
import { inLanguage } from "../../common/text.ts";
import { choicesRoute } from "../../routes.tsx";
import { useMay } from "../../session/session.ts";
import { t } from "../../t.ts";
import { CategoryForm } from "./category-form.tsx";
import { OptionGroupForm } from "./option-group-form.tsx";
import { editingQuery } from "./queries.ts";

/** The shelves of the shop and the choices made when ordering. */
export function ChoicesScreen(): ReactElement {
  const { open } = choicesRoute.useSearch();
  const navigate = choicesRoute.useNavigate();
  const editing = useQuery(editingQuery);
  const currency = useQuery(placesQuery).data?.entities[0]?.currency ?? "EUR";
  const may = useMay();
  if (editing.isPending) return <ScreenSkeleton />;
  if (editing.isError) return <ProblemNote error={editing.error} onRetry={editing.refetch} />;
  const { categories, optionGroups } = editing.data;
  const show = (what: string | undefined): void => void navigate({ search: { open: what }, replace: true });
  const category = categories.find(({ id }) => id === open);
  const group = optionGroups.find(({ id }) => id === open);
  const beside =
    category || open === "new-category" ? (
      <CategoryForm key={open} category={category ?? null} categories={categories} onClose={() => show(undefined)} />
    ) : group || open === "new-options" ? (
      <OptionGroupForm key={open} group={group ?? null} currency={currency} onClose={() => show(undefined)} />
    ) : null;
  return (
    <Page title={t("office.catalog.choices")} actions={<Link to="/catalog">{t("office.catalog.back")}</Link>} beside={beside}>
      <Section
        title={t("office.catalog.categories")}
        actions={
          may("catalog.saveCategory") ? (
            <Button size="xs" variant="default" onClick={() => show("new-category")}>
              {t("office.catalog.new_category")}
            </Button>
          ) : null
        }
      >
        <Rows rows={categories.map(({ id, name, products }) => ({ id, name: inLanguage(name), products }))} />
      </Section>
      <Section
        title={t("office.catalog.options")}
        actions={
          may("catalog.saveOptionGroup") ? (
            <Button size="xs" variant="default" onClick={() => show("new-options")}>
              {t("office.catalog.new_option_group")}
            </Button>
          ) : null
        }
      >
        <Rows
          rows={optionGroups.map(({ id, name, values, products }) => ({
            id,
            name: inLanguage(name),
            note: values.map((value) => inLanguage(value.name)).join(", "),
            products,
          }))}
        />
      </Section>
    </Page>
  );
}

type Row = { readonly id: string; readonly name: string; readonly note?: string; readonly products: number };

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <ul className={form.rows}>
      {rows.map(({ id, name, note, products }) => (
        <li key={id}>
          <span className={form.grow}>
            <Link to="/catalog-choices" search={{ open: id }}>
              {name}
            </Link>{" "}
            {note === undefined ? null : <small>{note}</small>}
          </span>
          <small>{t("office.catalog.products", { count: products })}</small>
        </li>
      ))}
    </ul>
  );
}

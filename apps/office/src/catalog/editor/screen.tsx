import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { CatalogEntryView, ProductDraftView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState, type ReactElement, type ReactNode } from "react";
import { api } from "../../api.ts";
import { useAct } from "../../common/act.ts";
import form from "../../common/form.module.css";
import { inLanguage } from "../../common/text.ts";
import { productRoute } from "../../routes.tsx";
import { useMay } from "../../session/session.ts";
import { t } from "../../t.ts";
import { emptyDraft, slugOf } from "./draft.ts";
import styles from "./editor.module.css";
import { FactsPart, type Editing } from "./facts.tsx";
import { PicturesPart } from "./pictures.tsx";
import { editingQuery, entryQuery, ifMatch } from "./queries.ts";
import { NamesInLanguages } from "./texts.tsx";
import { Variants } from "./variants.tsx";
import { WherePart } from "./where.tsx";

/** A product as its keepers say it: `/catalog/new` makes one. */
export function ProductEditorScreen(): ReactElement {
  const { id } = productRoute.useParams();
  const isNew = id === "new";
  const editing = useQuery(editingQuery);
  const entry = useQuery({ ...entryQuery(id), enabled: !isNew });
  const error = editing.error ?? entry.error;
  if (error) return <ProblemNote error={error} onRetry={() => void Promise.all([editing.refetch(), isNew ? null : entry.refetch()])} />;
  if (!editing.data || (!isNew && !entry.data)) return <ScreenSkeleton />;
  // Another version on the hub is another form: what was typed in the old one is saved or lost by its writer's choice.
  return <ProductEditor key={`${id} ${entry.data?.version ?? 0}`} entry={isNew ? null : (entry.data ?? null)} editing={editing.data} />;
}

type EditorProps = { readonly entry: CatalogEntryView | null; readonly editing: Editing };

function ProductEditor({ entry, editing }: EditorProps) {
  const [draft, setDraft] = useState(
    () => entry?.product ?? emptyDraft(newId(), editing.categories[0]?.id ?? "", editing.taxClasses[0] ?? ""),
  );
  const change = (given: Partial<ProductDraftView>): void => setDraft((before) => ({ ...before, ...given }));
  const mayEdit = useMay()("catalog.saveEntry");
  const title = entry ? inLanguage(entry.product.name) : t("office.catalog.new_product");
  return (
    <Page title={title} actions={<Link to="/catalog">{t("office.catalog.back")}</Link>}>
      <SaveForm entry={entry} draft={draft} mayEdit={mayEdit}>
        <Section title={t("office.catalog.names")}>
          <NamesInLanguages
            name={draft.name}
            description={draft.description}
            // The address follows the name until somebody writes one.
            onName={(name) => change({ name, ...(entry === null && draft.slug === slugOf(draft.name.en) && { slug: slugOf(name.en) }) })}
            onDescription={(description) => change({ description })}
          />
        </Section>
        <Section title={t("office.catalog.variants")}>
          <Variants variants={draft.variants} onChange={(variants) => change({ variants })} />
        </Section>
        <Section title={t("office.catalog.more")}>
          <FactsPart draft={draft} editing={editing} isNew={entry === null} onChange={change} />
        </Section>
        <Section title={t("office.catalog.pictures")}>
          <PicturesPart
            pictures={draft.pictures}
            variants={draft.variants}
            onChange={(edit) => setDraft((before) => ({ ...before, pictures: edit(before.pictures) }))}
          />
        </Section>
        <Section title={t("office.catalog.where")}>
          <WherePart entry={entry} draft={draft} onChange={change} />
        </Section>
      </SaveForm>
    </Page>
  );
}

type SaveProps = {
  readonly entry: CatalogEntryView | null;
  readonly draft: ProductDraftView;
  readonly mayEdit: boolean;
  readonly children: ReactNode;
};

/** Saves all of it under the version that was seen; who was too late may look at what is there now. */
function SaveForm({ entry, draft, mayEdit, children }: SaveProps) {
  const navigate = productRoute.useNavigate();
  const queries = useQueryClient();
  const [id] = useState(() => entry?.id ?? newId());
  const save = useAct(
    ({ product, version }: { product: ProductDraftView; version: number | null }) =>
      api.ask("catalog.saveEntry", { params: { id }, body: product, headers: ifMatch(version) }),
    [
      ["catalog", "list"],
      ["catalog", "product", id],
    ],
    (_queries, saved) => queries.setQueryData(entryQuery(id).queryKey, saved),
  );
  const before = entry?.product;
  const submit = (): void =>
    save.act({ product: draft, version: entry?.version ?? null }, (saved) => {
      showToast(t("office.saved"), before && (() => save.mutate({ product: before, version: saved.version })));
      if (entry === null) void navigate({ to: "/catalog/$id", params: { id } });
    });
  const isLate = problemCode(save.error) === "catalog.changed_meanwhile";
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {/* Who may not change it reads it in the same form. */}
      <fieldset disabled={!mayEdit} className={styles.form} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        {children}
      </fieldset>
      {mayEdit ? (
        <div className={styles.save}>
          <Button type="submit" loading={save.isPending}>
            {t("office.save")}
          </Button>
          <p role="alert" className={form.error}>
            {save.error ? problemText(save.error) : null}
          </p>
          {isLate ? (
            <Button variant="default" onClick={() => void queries.refetchQueries({ queryKey: entryQuery(id).queryKey })}>
              {t("office.catalog.load_again")}
            </Button>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}

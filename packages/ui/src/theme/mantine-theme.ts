import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";

/** Ten steps around the brand's terracotta; step 7 is the accent itself. */
const ACCENT: MantineColorsTuple = [
  "#fbeee8",
  "#f3d9ce",
  "#e8b7a3",
  "#e8997a",
  "#cf6d4b",
  "#bd5636",
  "#a84527",
  "#96391d",
  "#7c2d15",
  "#61220f",
];

const shared: MantineThemeOverride = {
  colors: { accent: ACCENT },
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  // Mantine measures the contrast on the light shade alone; the tokens are right on both.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    if (input.variant !== "filled") return colors;
    if (input.color === "red") return { ...colors, background: "var(--color-bad)", hover: "var(--color-bad)", color: "var(--color-paper)" };
    const isAccent = (input.color ?? input.theme.primaryColor) === input.theme.primaryColor;
    return isAccent ? { ...colors, color: "var(--color-on-accent)" } : colors;
  },
  fontFamily: "var(--font-text)",
  fontFamilyMonospace: "var(--font-code)",
  headings: { fontFamily: "var(--font-text)", fontWeight: "650" },
  radius: { xs: "var(--radius)", sm: "var(--radius)", md: "var(--radius)", lg: "var(--radius)", xl: "var(--radius-pill)" },
  defaultRadius: "md",
  shadows: { xs: "none", sm: "none", md: "var(--shadow-float)", lg: "var(--shadow-float)", xl: "var(--shadow-float)" },
  cursorType: "pointer",
  respectReducedMotion: true,
};

/** The office: dense lists, small controls; a target is still 28 px high with space around it. */
export const officeTheme = createTheme({
  ...shared,
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  components: {
    Button: { defaultProps: { size: "xs" } },
    ActionIcon: { defaultProps: { variant: "subtle" } },
    TextInput: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs" } },
    Checkbox: { defaultProps: { radius: 4 } },
    NavLink: { styles: { root: { borderRadius: "var(--radius)" } } },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: "sm", highlightOnHover: true } },
    Modal: {
      defaultProps: { centered: true },
      styles: { title: { fontSize: "var(--mantine-font-size-lg)", fontWeight: 650, lineHeight: 1.3 } },
    },
  },
});

/** Hands Mantine the shared tokens, so that both kits stand on one paper. */
export const tokenVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: tokens,
  dark: tokens,
});

const tokens = {
  "--mantine-color-body": "var(--color-paper)",
  "--mantine-color-text": "var(--color-ink)",
  "--mantine-color-dimmed": "var(--color-ink-quiet)",
  "--mantine-color-error": "var(--color-bad)",
  "--mantine-color-placeholder": "var(--color-ink-quiet)",
  "--mantine-color-default": "var(--color-surface)",
  "--mantine-color-default-hover": "var(--color-sunken)",
  "--mantine-color-default-color": "var(--color-ink)",
  "--mantine-color-default-border": "var(--color-line)",
};

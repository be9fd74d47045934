// The look of the product as a Mantine theme: type, spacing, radius, colours for both schemes.
import { type CSSVariablesResolver, createTheme } from '@mantine/core';
import { brick, darkScheme, harbour, lightScheme, night, schemeVariables, stone } from './colours';

const sans =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans', 'Noto Sans CJK SC', sans-serif";
const mono =
  "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Noto Sans Mono', 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace";

export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 6 },
  colors: { harbour, red: brick, gray: stone, dark: night },
  black: lightScheme.text,
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 140 } } },
    Table: { styles: { table: { '--table-border-color': 'var(--bh-line)' } } },
    SegmentedControl: {
      defaultProps: { withItemsBorders: false },
      styles: {
        // In a window that is too narrow for them side by side, choices stand below each other.
        root: { flexWrap: 'wrap', backgroundColor: 'var(--bh-sunken)', border: '1px solid var(--bh-line)' },
      },
    },
    InputWrapper: { styles: { label: { marginBottom: 2 }, description: { marginBottom: 4 } } },
    // What opens belongs to the landmark of its button, so it stays there instead of at the end of the document.
    Menu: {
      defaultProps: {
        position: 'bottom-end',
        transitionProps: { duration: 120 },
        shadow: 'md',
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    },
    Popover: { defaultProps: { transitionProps: { duration: 120 }, shadow: 'md', withinPortal: false } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...schemeVariables(lightScheme),
    '--mantine-color-body': lightScheme.surface,
    '--mantine-color-dimmed': lightScheme.quiet,
    '--mantine-color-placeholder': lightScheme.quiet,
    '--mantine-color-error': lightScheme.tones.bad.text,
    '--mantine-color-default-border': lightScheme.line,
    '--mantine-color-anchor': lightScheme.tones.accent.text,
    '--mantine-color-harbour-light': lightScheme.tones.accent.soft,
    '--mantine-color-harbour-light-hover': '#d4e9ea',
    '--mantine-color-harbour-light-color': lightScheme.tones.accent.text,
  },
  dark: {
    ...schemeVariables(darkScheme),
    '--mantine-color-body': darkScheme.surface,
    '--mantine-color-dimmed': darkScheme.quiet,
    '--mantine-color-placeholder': darkScheme.quiet,
    '--mantine-color-error': darkScheme.tones.bad.text,
    '--mantine-color-default-border': darkScheme.line,
    '--mantine-color-anchor': darkScheme.tones.accent.text,
    '--mantine-color-harbour-light': darkScheme.tones.accent.soft,
    '--mantine-color-harbour-light-hover': '#1a383b',
    '--mantine-color-harbour-light-color': darkScheme.tones.accent.text,
  },
});

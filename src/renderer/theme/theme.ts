import {
  ActionIcon,
  Button,
  Checkbox,
  createTheme,
  Drawer,
  Input,
  Menu,
  Modal,
  ModalHeader,
  NumberInput,
  PasswordInput,
  Popover,
  Radio,
  SegmentedControl,
  Select,
  Switch,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
  type VariantColorsResolver,
} from '@mantine/core';
import css from './components.module.css';

const plain = { border: '1px solid transparent' };

/** Filled, light, default and subtle by token; `danger` is brick on its border, filled only for the last step. */
const variants: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === 'danger';
  switch (variant) {
    case 'filled':
      return danger
        ? { background: 'var(--st-brick)', hover: 'var(--st-brick-text)', color: 'var(--st-surface)', ...plain }
        : { background: 'var(--st-primary)', hover: 'var(--st-primary-hover)', color: 'var(--st-on-primary)', ...plain };
    case 'light':
      return { background: 'var(--st-primary-soft)', hover: 'var(--st-primary-soft)', color: 'var(--st-primary-text)', ...plain };
    case 'subtle':
    case 'transparent':
      return { background: 'transparent', hover: 'var(--st-hover)', color: 'var(--st-primary-text)', ...plain };
    default:
      return {
        background: 'var(--st-surface)',
        hover: 'var(--st-hover)',
        color: danger ? 'var(--st-brick-text)' : 'var(--st-text)',
        border: `1px solid var(--st-${danger ? 'brick-line' : 'line-strong'})`,
      };
  }
};

const field = { classNames: { input: css['field'], label: css['label'], description: css['hint'], error: css['fault'] } };

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 8, dark: 4 },
  colors: {
    teal: ['#EEF5F4', '#DBE8E6', '#BBD3D1', '#9DBDBB', '#74C4C0', '#4E9C9B', '#2E797B', '#1E6468', '#0F5156', '#0B4145'],
  },
  variantColorResolver: variants,
  fontFamily: 'var(--st-font)',
  fontFamilyMonospace: 'var(--st-mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.33', sm: '1.38', md: '1.43', lg: '1.5' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px' },
  defaultRadius: 'md',
  headings: { fontFamily: 'var(--st-font)', fontWeight: '600' },
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { variant: 'default' },
      classNames: { root: css['button'], section: css['buttonSection'] },
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', size: 32 }, classNames: { root: css['iconButton'] } }),
    Input: Input.extend({ classNames: { input: css['field'] } }),
    TextInput: TextInput.extend(field),
    PasswordInput: PasswordInput.extend(field),
    NumberInput: NumberInput.extend(field),
    Textarea: Textarea.extend(field),
    Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: 'right' }, ...field }),
    Checkbox: Checkbox.extend({
      defaultProps: { size: 'xs', radius: 'xs' },
      classNames: { label: css['boxLabel'], description: css['hint'] },
    }),
    Radio: Radio.extend({ defaultProps: { size: 'xs' }, classNames: { label: css['boxLabel'], description: css['hint'] } }),
    Switch: Switch.extend({
      defaultProps: { size: 'xs', withThumbIndicator: false },
      classNames: { label: css['boxLabel'], description: css['hint'], track: css['track'] },
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { withItemsBorders: false },
      classNames: { root: css['segments'], label: css['segment'], indicator: css['segmentOn'], control: css['segmentControl'] },
    }),
    Tabs: Tabs.extend({ classNames: { list: css['tabs'], tab: css['tab'] } }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'none', zIndex: 300 },
      classNames: { dropdown: css['popover'], item: css['menuItem'] },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'none', zIndex: 300 }, classNames: { dropdown: css['popover'] } }),
    Tooltip: Tooltip.extend({
      defaultProps: { zIndex: 300, openDelay: 400, events: { hover: true, focus: true, touch: false } },
    }),
    Modal: Modal.extend({
      defaultProps: { centered: true, zIndex: 200, shadow: 'none', radius: 'lg' },
      classNames: { content: css['dialog'], header: css['dialogHeader'], title: css['dialogTitle'] },
    }),
    // The head of a dialog is no landmark of the page.
    ModalHeader: ModalHeader.extend({ defaultProps: { role: 'none' } }),
    Drawer: Drawer.extend({ defaultProps: { zIndex: 200, shadow: 'none' }, classNames: { content: css['drawer'] } }),
  },
});

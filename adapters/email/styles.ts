import type { ButtonStyle } from '../../src/messages/message.ts';

// Mail programs drop style sheets, so each element carries its own. Colours are GOV.UK's; text on each has a contrast
// of at least 4.5 to 1.

export const backdrop =
  'margin:0;background:#ffffff;color:#0b0c0c;font-family:Arial,sans-serif;font-size:18px;line-height:1.5';

export const styles = {
  page: 'display:block;max-width:600px;padding:20px',
  heading: 'font-size:26px;line-height:1.25;margin:0 0 20px',
  label: 'font-weight:bold',
  value: 'margin:0 0 10px',
  quote: 'margin:0 0 20px;padding:5px 15px;border-left:5px solid #b1b4b6',
  action: 'margin:20px 0',
  link: 'color:#1d70b8',
  footer: 'display:block;max-width:600px;padding:5px 20px;border-top:1px solid #b1b4b6;font-size:16px;color:#484949',
} as const;

const button = 'display:inline-block;padding:10px 16px;font-weight:bold;text-decoration:underline';

const colours: Readonly<Record<ButtonStyle, string>> = {
  main: 'background:#00703c;color:#ffffff',
  plain: 'background:#f3f2f1;color:#0b0c0c',
  warning: 'background:#d4351c;color:#ffffff',
};

export function buttonStyle(style: ButtonStyle): string {
  return `${button};${colours[style]}`;
}

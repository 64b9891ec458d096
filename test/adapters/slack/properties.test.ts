import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  renderForm,
  renderHome,
  renderMessage,
  renderMessageModal,
  renderPage,
} from '../../../adapters/slack/render.ts';
import { anyForm, anyMessage, anyPage } from '../../support/any-message.ts';
import { objectionsToHome, objectionsToMessage, objectionsToModal } from '../../support/slack-limits.ts';

/** More of everything than Slack takes: 50 blocks in a message, 100 in a modal, 25 buttons in a row, 100 options. */
const plenty = { blocks: 130, buttons: 40, cards: 20, fields: 20, options: 130 };

test('Slack takes every message, whatever is written', () => {
  fc.assert(fc.property(anyMessage(plenty), (one) => void expect(objectionsToMessage(renderMessage(one))).toEqual([])));
});

test('Slack takes every message in a modal', () => {
  fc.assert(
    fc.property(anyMessage(plenty), (one) => void expect(objectionsToModal(renderMessageModal(one))).toEqual([])),
  );
});

test('Slack takes every form', () => {
  fc.assert(fc.property(anyForm(plenty), (one) => void expect(objectionsToModal(renderForm(one))).toEqual([])));
});

test('Slack takes every page', () => {
  const property = fc.property(anyPage(plenty), (one) => void expect(objectionsToModal(renderPage(one))).toEqual([]));
  fc.assert(property, { numRuns: 50 });
});

test('Slack takes every home', () => {
  const property = fc.property(anyPage(plenty), (one) => void expect(objectionsToHome(renderHome(one))).toEqual([]));
  fc.assert(property, { numRuns: 50 });
});

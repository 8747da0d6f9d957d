import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameOf } from './keys.ts'

const press = (key: string, more: Partial<Parameters<typeof nameOf>[0]> = {}) =>
  nameOf({ key, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more })

test('鍵の名は、組み合わせの順にかかわらず1つに決まる', () => {
  assert.equal(press('F2'), 'F2')
  assert.equal(press('k', { ctrlKey: true }), 'Ctrl+K')
  assert.equal(press('F6', { shiftKey: true }), 'Shift+F6')
  assert.equal(press('Escape'), 'Esc')
  assert.equal(press('1', { altKey: true, code: 'Digit1' }), 'Alt+1')
  assert.equal(press('¡', { altKey: true, code: 'Digit1' }), 'Alt+1')
})

test('かな漢字変換のあいだの鍵は、画面のものではない', () => {
  assert.equal(press('Enter', { isComposing: true }), null)
  assert.equal(press('Process', { keyCode: 229 }), null)
  assert.equal(press('F7', { isComposing: true }), null)
})

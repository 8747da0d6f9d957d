import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullWidth } from './fullWidth.ts'

test('半角の氏名は全角になり、外字・異体字はそのまま残る', () => {
  assert.equal(fullWidth("O'REILLY-BROWN JR"), 'Ｏ＇ＲＥＩＬＬＹ－ＢＲＯＷＮ　ＪＲ')
  assert.equal(fullWidth('昭和10年頃'), '昭和１０年頃')
  assert.equal(fullWidth('𠮷田　辻󠄀子'), '𠮷田　辻󠄀子')
  assert.equal(fullWidth('神'), '神')
})

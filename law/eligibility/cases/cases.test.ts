import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { plainDate } from '@koiki/kernel'
import { parse } from 'yaml'
import type { EntitlementAnswer, ExclusionKind, ResidentFacts } from '../entitlement.ts'
import { acquisitionGrounds, lossGrounds } from '../law/grounds.ts'
import { entitlementOf } from '../rules/entitlement.ts'
import { personFacts } from '../rules/personFacts.ts'
import { reasonName } from '../sentences.ts'

type 記録 = {
  市区町村: string
  住民となった日: string
  消除?: string
  事由?: string
  転出先?: string
  転入前?: string
  適用除外?: string
  住所地特例?: boolean
}
type 資格 = { 取得: string; 事由: string; 喪失?: string; 喪失事由?: string; 期間: string[] }
type 事例 = {
  名前: string
  根拠: string
  前提: { 基準日: string; 生年月日: string; 記録: 記録[] }
  期待: { 答え: string; 理由?: string[]; 次に見る日?: string; 資格?: 資格[] }
}

const file = path.join(import.meta.dirname, '資格の取得と喪失.yaml')
const cases = parse(readFileSync(file, 'utf8')) as 事例[]

for (const { 名前, 前提, 期待 } of cases) {
  test(名前, () => {
    const records = 前提.記録.map((one, index) => factsOf(one, index + 1, 前提.生年月日))
    const answer = entitlementOf(
      personFacts(
        '43',
        records.map((record) => [record]),
        { disabilities: [], provisions: [], facilityStays: [], exclusions: [] },
      ),
      plainDate(前提.基準日),
    )
    assert.deepEqual(answerInWords(answer), { 理由: [], 資格: [], ...期待 })
  })
}

function factsOf(one: 記録, key: number, birthDate: string): ResidentFacts {
  const [kind, from, until] = one.適用除外?.split(/[ 〜]/) ?? []
  return {
    residentKey: key,
    version: 1,
    municipality: one.市区町村,
    register: one.住所地特例 === undefined ? 'residentRegister' : 'nonRegistered',
    birthDate: plainDate(birthDate),
    residentFrom: plainDate(one.住民となった日),
    present: one.消除 === undefined,
    removedOn: one.消除 ? plainDate(one.消除) : null,
    changeReason: one.事由 ?? '01',
    changedOn: plainDate(one.消除 ?? one.住民となった日),
    movedFrom: one.転入前 ?? null,
    movedTo: one.転出先 ?? null,
    exclusionKind: (kind as ExclusionKind | undefined) ?? null,
    exclusionFrom: from ? plainDate(from) : null,
    exclusionUntil: until ? plainDate(until) : null,
    residenceSpecialProvision: one.住所地特例 ?? false,
    registeredAt: null,
    toldBy: 'register',
    operatedOn: plainDate(one.消除 ?? one.住民となった日),
    stayUntil: null,
  }
}

function answerInWords(answer: EntitlementAnswer): 事例['期待'] {
  if (answer.kind === 'incomplete')
    return { 答え: '判定できない', 理由: answer.missing.map(reasonName), 資格: [] }
  return {
    答え: answer.kind === 'eligible' ? '該当する' : '該当しない',
    理由: answer.kind === 'eligible' ? [] : answer.reasons.map(reasonName),
    ...(answer.nextCheckOn === null ? {} : { 次に見る日: answer.nextCheckOn }),
    資格: answer.entitlements.map((right) => ({
      取得: right.acquiredOn,
      事由: acquisitionGrounds.on(right.acquiredOn).value[right.groundAcquired].name,
      ...(right.lostOn === null || right.groundLost === null
        ? {}
        : {
            喪失: right.lostOn,
            喪失事由: lossGrounds.on(right.lostOn).value[right.groundLost].name,
          }),
      期間: right.pieces.map(
        ({ municipality, from, until }) => `${municipality} ${from}〜${until ?? ''}`,
      ),
    })),
  }
}

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { type PlainDate, plainDate } from '@koiki/kernel'
import { parse } from 'yaml'
import type {
  CertificationEnd,
  EntitlementAnswer,
  ExclusionKind,
  ProvisionKind,
  ResidentFacts,
  ToldFacts,
} from '../entitlement.ts'
import { acquisitionGrounds, lossGrounds } from '../law/grounds.ts'
import { certificationEndsOn } from '../rules/disability.ts'
import { entitlementOf } from '../rules/entitlement.ts'
import { inOrderOfKnowing } from '../rules/knowing.ts'
import { personFacts } from '../rules/personFacts.ts'
import { reasonName } from '../sentences.ts'

type 記録 = {
  /** Records of one 住民 are its versions, in the order in which they arrived. */
  住民?: number
  市区町村: string
  住民となった日: string
  消除?: string
  事由?: string
  転出先?: string
  転入前?: string
  適用除外?: string
  住所地特例?: boolean
  在留期間満了日?: string
  届出?: string
  操作?: string
}
type 資格 = {
  取得: string
  事由: string
  喪失?: string
  喪失事由?: string
  期間: string[]
  もと?: string[]
}
type 前提 = {
  基準日: string
  生年月日: string
  記録: 記録[]
  障害認定?: { 認定: string; 撤回?: string; 障害状態不該当?: string }[]
  住所地特例?: {
    種類: ProvisionKind
    始まり: string
    終わり?: string
    市区町村?: string
    広域連合?: string
  }[]
  施設?: { 種類: string; 入所: string; 退所?: string }[]
  在留による適用除外?: { 区分: ExclusionKind; 始まり: string; 終わり?: string }[]
}
type 事例 = {
  名前: string
  根拠: string
  前提: 前提
  期待: { 答え: string; 理由?: string[]; 次に見る日?: string; 資格?: 資格[] }
}

const folder = import.meta.dirname
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => parse(readFileSync(path.join(folder, name), 'utf8')) as 事例[])

for (const { 名前, 前提, 期待 } of cases) {
  test(名前, () => {
    const records = new Map<number, ResidentFacts[]>()
    for (const [index, one] of 前提.記録.entries()) {
      const key = one.住民 ?? index + 1
      const versions = records.get(key) ?? []
      records.set(key, [...versions, factsOf(one, key, versions.length + 1, 前提.生年月日)])
    }
    const person = personFacts('43', [...records.values()].map(inOrderOfKnowing), toldOf(前提))
    const answer = entitlementOf(person, plainDate(前提.基準日))
    assert.deepEqual(answerInWords(answer), { 理由: [], 資格: [], ...期待 })
  })
}

const day = (text: string | undefined): PlainDate | null => (text ? plainDate(text) : null)

function factsOf(one: 記録, key: number, version: number, birthDate: string): ResidentFacts {
  const [kind, from, until] = one.適用除外?.split(/[ 〜]/) ?? []
  return {
    residentKey: key,
    version,
    municipality: one.市区町村,
    register: one.住所地特例 === undefined ? 'residentRegister' : 'nonRegistered',
    toldBy: one.届出 === undefined ? 'register' : 'counter',
    operatedOn: plainDate(one.届出 ?? one.操作 ?? one.消除 ?? one.住民となった日),
    birthDate: plainDate(birthDate),
    residentFrom: plainDate(one.住民となった日),
    present: one.消除 === undefined,
    removedOn: day(one.消除),
    changeReason: one.事由 ?? '01',
    changedOn: plainDate(one.消除 ?? one.住民となった日),
    movedFrom: one.転入前 ?? null,
    movedTo: one.転出先 ?? null,
    exclusionKind: (kind as ExclusionKind | undefined) ?? null,
    exclusionFrom: day(from),
    exclusionUntil: day(until),
    residenceSpecialProvision: one.住所地特例 ?? false,
    registeredAt: null,
    stayUntil: day(one.在留期間満了日),
  }
}

function toldOf(given: 前提): ToldFacts {
  return {
    disabilities: (given.障害認定 ?? []).map((one) => ({
      residentKey: 1,
      certifiedOn: plainDate(one.認定),
      until: endOf('撤回', one.撤回) ?? endOf('障害状態不該当', one.障害状態不該当),
    })),
    provisions: (given.住所地特例 ?? []).map((one) => ({
      residentKey: 1,
      municipality: one.市区町村 ?? '431001',
      kind: one.種類,
      from: plainDate(one.始まり),
      until: day(one.終わり),
      insurerUnion: one.広域連合 ?? null,
    })),
    facilityStays: (given.施設 ?? []).map((one) => ({
      residentKey: 1,
      from: plainDate(one.入所),
      until: day(one.退所),
      kind: one.種類,
    })),
    exclusions: (given.在留による適用除外 ?? []).map((one) => ({
      residentKey: 1,
      kind: one.区分,
      from: plainDate(one.始まり),
      until: day(one.終わり),
      endUnknown: false,
    })),
  }
}

const endOf = (kind: CertificationEnd, on: string | undefined): PlainDate | null =>
  on === undefined ? null : certificationEndsOn(kind, plainDate(on))

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
      ...(right.pieces.some(({ basis }) => basis === '2')
        ? { もと: right.pieces.map(({ basis }) => (basis === '1' ? '年齢' : '障害認定')) }
        : {}),
    })),
  }
}

import { affinityBypassed } from './affinityBypassed.ts';
import { affinityCollapsed } from './affinityCollapsed.ts';
import { affinityConfigDropped } from './affinityConfigDropped.ts';
import { affinityFlattened } from './affinityFlattened.ts';
import { affinityInSelector } from './affinityInSelector.ts';
import { affinityKeyMisspelt } from './affinityKeyMisspelt.ts';
import { affinityMisplaced } from './affinityMisplaced.ts';
import { affinityMixedProtocols } from './affinityMixedProtocols.ts';
import { affinityPerNode } from './affinityPerNode.ts';
import { affinityRefusedByCloud } from './affinityRefusedByCloud.ts';
import { affinityShapeWrong } from './affinityShapeWrong.ts';
import { affinityTimeoutInvalid } from './affinityTimeoutInvalid.ts';
import { affinityValueUnsupported } from './affinityValueUnsupported.ts';
import { affinityWithoutVirtualIp } from './affinityWithoutVirtualIp.ts';
import { annotationOtherController } from './annotationOtherController.ts';
import { annotationOutdated } from './annotationOutdated.ts';
import { annotationUnknownKey } from './annotationUnknownKey.ts';
import { annotationValueInvalid } from './annotationValueInvalid.ts';
import { annotationWrongLayer } from './annotationWrongLayer.ts';
import { annotationWrongObject } from './annotationWrongObject.ts';
import { clusterIpInvalid } from './clusterIpInvalid.ts';
import { cookiePathNotReturned } from './cookiePathNotReturned.ts';
import { cookieSamesiteInsecure } from './cookieSamesiteInsecure.ts';
import { copiedFromLiveObject } from './copiedFromLiveObject.ts';
import { destinationRulesOverlap } from './destinationRulesOverlap.ts';
import { duplicateKey } from './duplicateKey.ts';
import { fieldUnknownKey } from './fieldUnknownKey.ts';
import { fieldValueInvalid } from './fieldValueInvalid.ts';
import { fileNotChecked } from './fileNotChecked.ts';
import { headlessTypeContradiction } from './headlessTypeContradiction.ts';
import { healthCheckPortWithoutLocal } from './healthCheckPortWithoutLocal.ts';
import { ingressesDisagree } from './ingressesDisagree.ts';
import { internalError } from './internalError.ts';
import { pastedCharacters } from './pastedCharacters.ts';
import { persistenceEndsAtNode } from './persistenceEndsAtNode.ts';
import { persistenceWithoutPurpose } from './persistenceWithoutPurpose.ts';
import { policiesOverlap } from './policiesOverlap.ts';
import type { Rule } from './rule.ts';
import { selectorMatchesSeveral } from './selectorMatchesSeveral.ts';
import { selectorNotFlat } from './selectorNotFlat.ts';
import { serviceTypeContradiction } from './serviceTypeContradiction.ts';
import { serviceValueUnsupported } from './serviceValueUnsupported.ts';
import { settingCompanionMissing } from './settingCompanionMissing.ts';
import { settingNotInVersion } from './settingNotInVersion.ts';
import { settingsContradict } from './settingsContradict.ts';
import { settingsInvalid } from './settingsInvalid.ts';
import { suppressionUnused } from './suppressionUnused.ts';
import { timeoutsDisagree } from './timeoutsDisagree.ts';
import { valueNotAString } from './valueNotAString.ts';
import { yamlSyntaxError } from './yamlSyntaxError.ts';

/** Every rule, in alphabetical order of their ids. */
export const RULES: readonly Rule[] = [
  affinityBypassed,
  affinityCollapsed,
  affinityConfigDropped,
  affinityFlattened,
  affinityInSelector,
  affinityKeyMisspelt,
  affinityMisplaced,
  affinityMixedProtocols,
  affinityPerNode,
  affinityRefusedByCloud,
  affinityShapeWrong,
  affinityTimeoutInvalid,
  affinityValueUnsupported,
  affinityWithoutVirtualIp,
  annotationOtherController,
  annotationOutdated,
  annotationUnknownKey,
  annotationValueInvalid,
  annotationWrongLayer,
  annotationWrongObject,
  clusterIpInvalid,
  cookiePathNotReturned,
  cookieSamesiteInsecure,
  copiedFromLiveObject,
  destinationRulesOverlap,
  duplicateKey,
  fieldUnknownKey,
  fieldValueInvalid,
  fileNotChecked,
  headlessTypeContradiction,
  healthCheckPortWithoutLocal,
  ingressesDisagree,
  internalError,
  pastedCharacters,
  persistenceEndsAtNode,
  persistenceWithoutPurpose,
  policiesOverlap,
  selectorMatchesSeveral,
  selectorNotFlat,
  serviceTypeContradiction,
  serviceValueUnsupported,
  settingCompanionMissing,
  settingNotInVersion,
  settingsContradict,
  settingsInvalid,
  suppressionUnused,
  timeoutsDisagree,
  valueNotAString,
  yamlSyntaxError,
];

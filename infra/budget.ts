import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** Tells the operator at 80 % of what a month may cost, and when it is foreseen to cost more. */
export function budget(
  scope: Construct,
  { stage, monthlyBudgetUsd, alarmEmail }: Settings,
): CfnBudget | undefined {
  if (monthlyBudgetUsd === undefined || alarmEmail === undefined) return undefined;
  const tell = (
    notificationType: 'ACTUAL' | 'FORECASTED',
    threshold: number,
  ): CfnBudget.NotificationWithSubscribersProperty => ({
    notification: {
      notificationType,
      comparisonOperator: 'GREATER_THAN',
      threshold,
      thresholdType: 'PERCENTAGE',
    },
    subscribers: [{ subscriptionType: 'EMAIL', address: alarmEmail }],
  });
  return new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: `taizhang-${stage}`,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthlyBudgetUsd, unit: 'USD' },
      costFilters: { TagKeyValue: [`user:ledger$taizhang-${stage}`] },
    },
    notificationsWithSubscribers: [tell('ACTUAL', 80), tell('FORECASTED', 100)],
  });
}

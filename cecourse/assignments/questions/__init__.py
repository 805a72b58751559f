"""The questions: inputs, right answers, and the mistakes that feedback names."""

"""What both toolkits share: engines that run their rules, and frames of any engine. It knows no document."""

"""Records on pages: cards, registers, roles, key messages, answers, indexes of documents."""

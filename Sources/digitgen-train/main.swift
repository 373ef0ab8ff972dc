print("digitgen-train")
